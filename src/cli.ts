#!/usr/bin/env node
/** The command of the package: `s2-token-contract mock`. */
import manifest from "../package.json" with { type: "json" };
import { runMock } from "./mock/cli/command.js";
import { didYouMean } from "./mock/cli/did-you-mean.js";
import { UsageError } from "./mock/cli/usage-error.js";

const usage = `Usage: s2-token-contract COMMAND [flags]

  mock         a mock of S2's access-token endpoints; s2-token-contract mock --help says more
  --version    the version of the package
  --help       show this`;

async function main([command, ...args]: readonly string[]): Promise<number> {
  const out = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const error = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  switch (command) {
    case "mock":
      return runMock(args, { out, error });
    case "--version":
      out(manifest.version);
      return 0;
    case "--help":
    case "-h":
      out(usage);
      return 0;
    default:
      throw new UsageError(command === undefined ? usage : noCommand(command));
  }
}

function noCommand(command: string): string {
  return `no command ${command}${didYouMean(command, ["mock", "--version", "--help"])}\n\n${usage}`;
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
