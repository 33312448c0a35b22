import { spawnSync } from "node:child_process";
import path from "node:path";

/** The folder of the project. */
export const root: string = path.resolve(import.meta.dirname, "..", "..");

/**
 * Runs Node.js in the folder of the project and gives what it prints.
 *
 * @throws {Error} it failed; with what it said.
 */
export function node(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${args.join(" ")} failed:\n${stderr}`);
  return stdout;
}
