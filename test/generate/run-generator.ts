import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCommand } from "../../scripts/generate.js";

/** The folder of the project. */
export const root: string = path.resolve(import.meta.dirname, "..", "..");

/** What a run of the generator printed, and how it ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command in this process, which has the compiler and the linter loaded. Only one at a time: what it prints is
 * taken from the streams of the process.
 */
export async function runGenerator(args: readonly string[]): Promise<Run> {
  const run = { stdout: "", stderr: "" };
  const own = { stdout: process.stdout.write, stderr: process.stderr.write };
  for (const name of ["stdout", "stderr"] as const) {
    process[name].write = (text: string | Uint8Array): boolean => {
      run[name] += typeof text === "string" ? text : new TextDecoder().decode(text);
      return true;
    };
  }
  try {
    const code = await runCommand(args);
    return { code, ...run };
  } finally {
    process.stdout.write = own.stdout;
    process.stderr.write = own.stderr;
  }
}

/** Runs the command as `npm run generate` does, in a process of its own. */
export function startGenerator(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const child = spawn(process.execPath, [path.join(root, "scripts", "run.mjs"), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A temporary folder with a copy of the contract, to be broken at will. */
export function copyOfContract(): { folder: string; spec: string; out: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "contract-"));
  cpSync(path.join(root, "openapi"), path.join(folder, "openapi"), { recursive: true });
  return {
    folder,
    spec: path.join(folder, "openapi", "openapi.yaml"),
    out: path.join(folder, "generated"),
  };
}

/** Every file of a folder with its text, by path. */
export function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), readFileSync(file, "utf8")]),
  );
}
