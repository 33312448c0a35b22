/**
 * `npm run test:contract`: what a real endpoint does that the contract does not say. It issues and revokes tokens of the
 * account whose token it is given.
 */
import { printReport } from "./print.js";
import { runLive } from "./run.js";
import { readSettings } from "./settings.js";

const told = new AbortController();
const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
let ended: number | undefined;
// Whoever reads what is told may be gone; the tokens are still there.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
  // Also a second time: the tokens are still to be revoked.
  process.on(signal, () => {
    ended ??= codes[signal];
    process.stderr.write(`${signal}: revokes what was issued, and ends\n`);
    told.abort(new Error(`the run was ended by ${signal}`));
  });
}

try {
  const report = await runLive(readSettings(process.env), told.signal);
  process.stdout.write(`${printReport(report)}\n`);
  const { differences, stopped, left } = report;
  const isClean = differences.length === 0 && stopped === undefined && left.length === 0;
  process.exitCode = ended ?? (isClean ? 0 : 1);
} catch (error) {
  process.stderr.write(`test:contract: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
