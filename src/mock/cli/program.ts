import manifest from "../../../package.json" with { type: "json" };
import { runMock } from "./command.js";
import { didYouMean } from "./did-you-mean.js";
import type { Output } from "./output.js";
import { UsageError } from "./usage-error.js";

const usage = `Usage: s2-token-contract COMMAND [flags]

  mock         a mock of S2's access-token endpoints; s2-token-contract mock --help says more
  --version    the version of the package
  --help       show this`;

/** The program of the package, from its arguments to its exit code. */
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
  return `no command ${command}${didYouMean(command, ["mock", "--version", "--help"])}\n\n${usage}`;
}
