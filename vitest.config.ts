import { defineConfig, type ViteUserConfig } from "vitest/config";
import { ClosingReporter } from "./test/closing-reporter.js";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
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
  },
});

export default config;
