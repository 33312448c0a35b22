import { type ChildProcess, spawn } from "node:child_process";

/** What a command did. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Longer than anything here takes that has not gone wrong. */
const limit = 300_000;

/**
 * Runs a command to its end, or ends it when it takes too long.
 *
 * @param environment - variables on top of this process's own, from which a credential of S2 is taken away
 * @throws {Error} it cannot be started.
 */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      // Colours are for people, and here a program reads.
      env: {
        ...process.env,
        NO_COLOR: "1",
        S2_ACCESS_TOKEN: "",
        S2_ACCOUNT_ENDPOINT: "",
        ...environment,
      },
    });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        texts[name] += text;
      });
    }
    const late = setTimeout(() => {
      texts.stderr += `\nended, because it took longer than ${limit / 1000} s`;
      child.kill("SIGKILL");
    }, limit);
    child.once("error", (error) => {
      clearTimeout(late);
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(late);
      resolve({ code: code ?? 1, ...texts });
    });
  });
}

/** Ends a process that this one has started, and waits for its end. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(patience);
}

/** Waits for something that must come from outside; a clear error when it does not. */
export async function inTime<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing for ${limit / 1000} s`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
