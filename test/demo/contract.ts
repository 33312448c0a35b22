import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** Says what the contract consists of. */
export async function sayContract(): Promise<void> {
  const entries = await readdir(path.join(root, "openapi"), { recursive: true });
  const files = entries.filter((entry) => entry.endsWith(".yaml"));
  const text = await readFile(path.join(root, "openapi", "openapi.yaml"), "utf8");
  const title = /^ {2}title: (.+)$/m.exec(text)?.[1] ?? "untitled";
  process.stdout.write(
    `  ${title}: openapi/openapi.yaml and ${files.length - 1} files beside it\n`,
  );
}

/**
 * Runs the real generator in a process of its own and passes on what it says, without the line for each new file.
 *
 * @param say - takes one line of progress
 * @returns the exit code
 */
export async function runGenerator(
  args: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  const child = spawn(process.execPath, ["scripts/run.mjs", ...args], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
  for await (const line of createInterface({ input: child.stderr })) {
    if (!/^ {2}added {5}/.test(line)) say(line);
  }
  return ended;
}
