import type { Facts } from "./platforms.js";
import { type Report, readReport } from "./report.js";
import { run } from "./run.js";
import type { Addresses } from "./servers.js";

/** What the smoke program is told. */
export interface Setting extends Addresses {
  /** The credential of its clients; nothing that it prints may hold it. */
  readonly accessToken: string;
  readonly facts: Facts;
}

/**
 * Runs the smoke program by a command that takes a file and its arguments, as Node.js, Deno and Bun do.
 *
 * @param project - a project that has installed the package, and the program
 */
export async function runByCommand(
  command: string,
  args: readonly string[],
  project: string,
  setting: Setting,
): Promise<Report> {
  const { code, stdout, stderr } = await run(
    command,
    [...args, "main.mjs", JSON.stringify(setting)],
    project,
  );
  const said = `${stdout}${stderr}`;
  if (code !== 0) return { passed: [], failed: [`exit code ${code}: ${said.trim()}`] };
  const report = readReport(stdout.trimEnd().split("\n").at(-1) ?? "");
  if (!said.includes(setting.accessToken)) return report;
  return { ...report, failed: [...report.failed, "secrets: console.log shows the access token"] };
}
