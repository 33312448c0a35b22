import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Mock } from "../server.js";
import { UsageError } from "./usage-error.js";

/** Environment variables that the command gets in addition to ours. */
function environmentOf({ url, rootToken, controlToken }: Mock): Readonly<Record<string, string>> {
  return {
    S2_ACCESS_TOKEN: rootToken,
    S2_ACCOUNT_ENDPOINT: url,
    S2_MOCK_CONTROL: `${url}/__mock/`,
    S2_MOCK_CONTROL_TOKEN: controlToken,
  };
}

/** Signals that we pass on to the command. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/**
 * Runs a command against a mock, in our terminal. Signals are passed on to the command; the same signal again kills it.
 *
 * @returns the exit code of the command; as in shells, 128 plus the signal's number if a signal ended it
 * @throws {UsageError} if there is no such command.
 */
export function runCommand([file = "", ...args]: readonly string[], mock: Mock): Promise<number> {
  const child = spawn(file, args, {
    stdio: "inherit",
    env: { ...process.env, ...environmentOf(mock) },
  });
  const seen = new Set<NodeJS.Signals>();
  const pass = (signal: NodeJS.Signals): void => {
    const isRepeated = seen.has(signal);
    seen.add(signal);
    // The terminal itself sends Ctrl-C to the command as well.
    if (!isRepeated && signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(isRepeated ? "SIGKILL" : signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return new Promise<number>((resolve, reject) => {
    child.once("error", (cause: NodeJS.ErrnoException) => {
      const problem = cause.code === "ENOENT" ? "no such command" : cause.message;
      reject(new UsageError(`-- ${file}: ${problem}`, { cause }));
    });
    child.once("exit", (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass);
  });
}
