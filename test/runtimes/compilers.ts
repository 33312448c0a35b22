import { readFile } from "node:fs/promises";
import path from "node:path";
import { compileConsumer, setUps } from "../pack/compile.js";
import { root } from "../readme/project.js";
import { install } from "./provide.js";
import type { Report } from "./report.js";

/** A compiler that users have. */
export interface Compiler {
  /** What `--only` calls it. */
  readonly name: string;
  /** The exact version to install, as `name@version`; `undefined` for the project's own. */
  readonly spec: string | undefined;
}

/** The oldest that the published types are for, the project's own, and the newest. */
export const compilers: readonly Compiler[] = [
  { name: "typescript5.4", spec: "typescript@5.4.5" },
  { name: "typescript5.9", spec: undefined },
  { name: "typescript7", spec: "typescript@7.0.2" },
];

/**
 * Compiles the consumer's program in every set-up.
 *
 * @param project - a project that has installed the package
 * @returns the version of the compiler, and what it made of each set-up
 */
export async function checkCompiler(
  { spec }: Compiler,
  project: string,
): Promise<{ readonly version: string; readonly report: Report }> {
  const modules = spec === undefined ? path.join(root, "node_modules") : await install(spec);
  const folder = path.join(modules, "typescript");
  const { version }: Record<string, unknown> = JSON.parse(
    await readFile(path.join(folder, "package.json"), "utf8"),
  );
  const passed: string[] = [];
  const failed: string[] = [];
  for (const setUp of setUps) {
    const said = await compileConsumer(project, folder, setUp);
    if (said === "") passed.push(setUp.name);
    else failed.push(`${setUp.name}: ${said}`);
  }
  return { version: String(version), report: { passed, failed } };
}
