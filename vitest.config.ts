import { defineConfig, type ViteUserConfig } from "vitest/config";
import { ClosingReporter } from "./test/closing-reporter.js";

/** Tests that measure memory or change the process around them: each of these files has a process of its own. */
const alone: string[] = [
  "test/generate/**/*.test.ts",
  "test/mock/{hostile,journal,run-command,viewer}.test.ts",
  "test/runtime/memory.test.ts",
];

const config: ViteUserConfig = defineConfig({
  test: {
    // Compiling and packing take seconds on a slow machine; no test measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Left to itself, vitest keeps one core free, which is half of a small machine.
    maxWorkers: "100%",
    reporters: ["default", new ClosingReporter()],
    coverage: {
      provider: "v8",
      include: ["scripts/**/*.ts", "src/**/*.ts", "generated/**/*.ts"],
      reporter: ["text-summary"],
    },
    projects: [
      {
        extends: true,
        // Loading the compiler, the linter and Prism anew for each file took a quarter of the processor time.
        test: { name: "shared", include: ["test/**/*.test.ts"], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: "alone", include: alone } },
    ],
  },
});

export default config;
