#!/usr/bin/env node
/** The command of the package: `s2-token-contract mock`. */
import { UsageError } from "./mock/arguments.js";
import { runMock } from "./mock/command.js";

const usage = `Usage: s2-token-contract COMMAND [flags]

  mock    a mock of S2's access-token endpoints; s2-token-contract mock --help says more`;

async function main([command, ...args]: readonly string[]): Promise<number> {
  const out = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const error = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  if (command === "mock") return runMock(args, { out, error });
  if (command === "--help" || command === "-h") {
    out(usage);
    return 0;
  }
  throw new UsageError(command === undefined ? usage : `no command ${command}\n\n${usage}`);
}

// Whoever reads the log may stop to; the mock goes on.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`s2-token-contract: ${words}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
