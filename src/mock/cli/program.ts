import manifest from "../../../package.json" with { type: "json" };
import { runMock } from "./command.js";
import { didYouMean } from "./did-you-mean.js";
import type { Output } from "./output.js";
import { UsageError } from "./usage-error.js";

const usage = `Usage: s2-token-contract COMMAND [flags]

  mock         start a mock of S2's access-token endpoints; see s2-token-contract mock --help
    --version    print the version of the package
    --help       print this help`;

/** Runs the program `s2-token-contract`; returns its exit code. */
export async function runProgram(args: readonly string[], output: Output): Promise<number> {
  try {
    return await run(args, output);
  } catch (error) {
    output.error(`s2-token-contract: ${error instanceof Error ? error.message : error}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run([command, ...args]: readonly string[], output: Output): Promise<number> {
  switch (command) {
    case "mock":
      return await runMock(args, output);
    case "--version":
      output.out(manifest.version);
      return 0;
    case "--help":
    case "-h":
      output.out(usage);
      return 0;
    default:
      throw new UsageError(command === undefined ? usage : noCommand(command));
  }
}

function noCommand(command: string): string {
  return `no such command: ${command}${didYouMean(command, ["mock", "--version", "--help"])}\n\n${usage}`;
}
