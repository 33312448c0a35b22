/** `npm run test:runtimes`: the package as it is published, with everything that it is to work with. */
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { readChosen, UsageError } from "../chosen.js";
import { installPackage } from "../pack/install.js";
import { root } from "../readme/project.js";
import { Missing } from "./provide.js";
import { run } from "./run.js";
import { startServers } from "./servers.js";
import { type Context, type Subject, subjects } from "./subjects.js";

const names: readonly string[] = subjects.map(({ name }) => name);

const help = `Usage: npm run test:runtimes -- [--only NAME[,NAME]] [--require-all]

Builds and packs the package and installs it in an empty project. Then one program runs over it against
the mock on each platform and with each tool, and another is compiled by each compiler. What the npm registry has is
installed below .tmp/runtimes/ and stays there; Chromium must be on the machine.

  --only NAME    these alone: ${names.join(", ")}
  --require-all  fail where something cannot be had, instead of skipping it
  --help         show this`;

type Result = "passed" | "failed" | "skipped";

/** Makes one check and says in one line what came of it; reasons of a failure follow. */
async function check({ name, check }: Subject, context: Context): Promise<Result> {
  const say = (title: string, result: Result, what: string): Result => {
    process.stdout.write(`${title.padEnd(25)} ${result.padEnd(8)} ${what}\n`);
    return result;
  };
  try {
    const { title, report } = await check(context);
    const { passed, failed } = report;
    if (failed.length === 0) return say(title, "passed", passed.join(", "));
    return say(title, "failed", ["", ...failed].join("\n  "));
  } catch (error) {
    if (error instanceof Missing) return say(name, "skipped", error.message);
    return say(name, "failed", error instanceof Error ? (error.stack ?? error.message) : "");
  }
}

async function main(): Promise<number> {
  const { wantsHelp, chosen, mustHaveAll } = readChosen(subjects);
  if (wantsHelp) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const built = await run("npm", ["run", "--silent", "build"], root);
  if (built.code !== 0) throw new Error(`npm run build failed:\n${built.stdout}${built.stderr}`);
  const folder = await mkdtemp(path.join(os.tmpdir(), "s2-token-contract-runtimes-"));
  const results: Result[] = [];
  try {
    const project = await installPackage(folder);
    const programs = path.join(import.meta.dirname, "program");
    for (const file of await readdir(programs)) {
      await copyFile(path.join(programs, file), path.join(project, file));
    }
    const { addresses, stop } = await startServers();
    try {
      for (const subject of chosen) results.push(await check(subject, { project, addresses }));
    } finally {
      await stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const count = (result: Result): number => results.filter((one) => one === result).length;
  const [failed, skipped] = [count("failed"), count("skipped")];
  process.stdout.write(`\n${count("passed")} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed > 0 || (mustHaveAll && skipped > 0) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `npm run test:runtimes: ${error instanceof Error ? error.message : error}\n`,
  );
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
