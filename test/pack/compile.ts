import { execFile } from "node:child_process";
import { copyFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../readme/project.js";

/** A program that uses all that the package exports. */
const consumer: string = path.join(root, "test", "pack", "consumer", "surface.ts");

/** A way to compile that users have. */
export interface SetUp {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** `skipLibCheck` would hide what is wrong in our own declarations. */
const ordinary = { target: "es2022", strict: true, skipLibCheck: false, noEmit: true } as const;

/** What makes types and imports harder to get right, `declaration` for the names of inferred types. */
const strictest = {
  ...ordinary,
  declaration: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
} as const;

// Since TypeScript 5.5 the first of these says the last.
const nodenext = {
  module: "nodenext",
  moduleResolution: "nodenext",
  resolveJsonModule: true,
} as const;
const bundler = { module: "esnext", moduleResolution: "bundler" } as const;

/** The package speaks of `Request`, `Response`, `Headers` and `AbortSignal`: one of these has them. */
const dom = { lib: ["es2022", "dom", "dom.iterable"], types: [] } as const;
const worker = { lib: ["es2022", "webworker"], types: [] } as const;
const node = {
  lib: ["es2022"],
  types: ["node"],
  typeRoots: [path.join(root, "node_modules", "@types")],
} as const;

/** Every set-up that the published types are held to. */
export const setUps: readonly SetUp[] = [
  { name: "nodenext with DOM", options: { ...strictest, ...nodenext, ...dom } },
  { name: "nodenext with WebWorker", options: { ...strictest, ...nodenext, ...worker } },
  { name: "nodenext with @types/node", options: { ...strictest, ...nodenext, ...node } },
  { name: "bundler with DOM", options: { ...strictest, ...bundler, ...dom } },
  { name: "bundler with WebWorker", options: { ...strictest, ...bundler, ...worker } },
  { name: "bundler with @types/node", options: { ...strictest, ...bundler, ...node } },
  { name: "bundler with DOM and only strict", options: { ...ordinary, ...bundler, ...dom } },
];

/**
 * Compiles the consumer's program as a user would, in a process of its own.
 *
 * @param compiler - folder of a package `typescript`
 * @param project - a project that has installed the package
 * @returns what the compiler says; nothing if all is well
 */
export async function compileConsumer(
  project: string,
  compiler: string,
  { name, options }: SetUp,
): Promise<string> {
  const file = path.basename(consumer);
  await copyFile(consumer, path.join(project, file));
  const config = `tsconfig.${name.replaceAll(/\W+/g, "-")}.json`;
  await writeFile(
    path.join(project, config),
    JSON.stringify({ compilerOptions: options, files: [file] }),
  );
  const tsc = path.join(compiler, "bin", "tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", config], {
    cwd: project,
  }).catch(({ stdout, message }: { stdout: string; message: string }) => ({
    stdout: stdout === "" ? message : stdout,
  }));
  return stdout.trim();
}
