import path from "node:path";
import { run } from "../runtimes/run.js";
import { type Command, python, workFolder } from "./clients.js";

/** A small project whose tests call the mock that `s2-token-contract mock -- COMMAND` starts for them. */
interface Example {
  /** The client that it uses. */
  readonly client: string;
  /** Its folder in `examples/`. */
  readonly folder: string;
  /** What stands after `--`. */
  readonly command: Command;
  /** The summary of its test runner where all tests passed. */
  readonly summary: RegExp;
}

const root = path.join(import.meta.dirname, "../..");
const target = path.join(workFolder, "rust");
const offlineGo = ["env", "GOPROXY=off", "GOTOOLCHAIN=local", "go"] as const;
const cargo = ["cargo", "test", "--locked", "--offline", "-j1", "--target-dir", target] as const;

const examples: readonly Example[] = [
  {
    client: "typescript",
    folder: "vitest",
    command: [process.execPath, path.join(root, "node_modules/vitest/vitest.mjs"), "run"],
    summary: /Tests +2 passed/,
  },
  {
    client: "python",
    folder: "pytest",
    command: [python("python"), "-m", "pytest", "-p", "no:cacheprovider"],
    summary: /2 passed/,
  },
  {
    client: "go",
    folder: "go",
    command: [...offlineGo, "test", "-count=1", "-v", "./..."],
    summary: /--- PASS: TestANewTokenIsListed/,
  },
  { client: "rust", folder: "cargo", command: cargo, summary: /test result: ok\. 1 passed/ },
];

/** Runs the examples of a client as a person would, and says what went wrong. */
export async function exampleFaults(client: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { folder, command, summary } of examples.filter((one) => one.client === client)) {
    const mock = ["--import", "tsx", path.join(root, "src/cli.ts"), "mock", "--verdict", "text"];
    const place = path.join(import.meta.dirname, "examples", folder);
    const ended = await run(process.execPath, [...mock, "--", ...command], place);
    const hasVerdict = ended.stderr.includes("issue_access_token");
    if (ended.code === 0 && summary.test(ended.stdout) && hasVerdict) continue;
    faults.push(`examples/${folder}: exit code ${ended.code}`, ended.stdout, ended.stderr);
  }
  return faults;
}
