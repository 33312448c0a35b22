#!/usr/bin/env node
/** The command of the package: `s2-token-contract mock`. */
import { runProgram } from "./mock/cli/program.js";

// If the reader of a pipe exits, writing fails. The mock goes on.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
process.exitCode = await runProgram(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
});
