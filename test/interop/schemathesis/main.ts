/** `npm run test:schemathesis`: property-based tests of the mock from the document, by Schemathesis. */
import { spawn } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { startMock } from "../../../src/mock/index.js";
import { python } from "../clients.js";

const help = `Usage: npm run test:schemathesis -- [--require-all] [--seed NUMBER] [--examples NUMBER]

Runs Schemathesis against the mock: all checks, with data that is valid and data that is not.
It must be on the machine: .ci/interop installs it.

  --require-all      fail where Schemathesis is missing, instead of skipping
  --seed NUMBER      the same run again. Default: 1
  --examples NUMBER  cases for each operation. Default: 100
  --help             show this`;

const root = path.join(import.meta.dirname, "../../..");

/** Runs a command in our terminal, and gives its exit code. */
function exitCode(args: readonly string[], stdio: "inherit" | "ignore"): Promise<number> {
  const child = spawn(python("schemathesis"), args, { cwd: import.meta.dirname, stdio });
  return new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      "require-all": { type: "boolean", default: false },
      seed: { type: "string", default: "1" },
      examples: { type: "string", default: "100" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  if ((await exitCode(["-c", "import schemathesis"], "ignore")) !== 0) {
    process.stdout.write(
      "skipped: Schemathesis is not on this machine; run .ci/interop\n\n0 passed, 0 failed, 1 skipped\n",
    );
    return values["require-all"] ? 1 : 0;
  }
  await using mock = await startMock();
  const code = await exitCode(
    [
      ...["-m", "schemathesis.cli", "--config-file", "schemathesis.toml"],
      ...["run", path.join(root, "generated/openapi.json"), "--url", `${mock.url}/v1`],
      ...["--header", `Authorization: Bearer ${mock.rootToken}`],
      ...["--checks", "all", "--mode", "all", "--continue-on-failure"],
      // The machine may be busy; no check is of time.
      ...["--request-timeout", "60"],
      ...["--seed", values.seed, "--max-examples", values.examples],
    ],
    "inherit",
  );
  process.stdout.write(code === 0 ? "\n1 passed, 0 failed\n" : "\n0 passed, 1 failed\n");
  return code === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`npm run test:schemathesis: ${words}\n`);
  process.exitCode = 2;
}
