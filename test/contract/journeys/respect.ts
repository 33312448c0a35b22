import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startMock } from "../../../src/mock/index.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const command = join(root, "node_modules/@redocly/cli/bin/cli.js");

/** How a run of `redocly respect` ended. */
export interface Run {
  readonly code: number | null;
  readonly text: string;
  /** What reached the mock, as `METHOD path status`, the earliest first. */
  readonly requests: readonly string[];
  /** The ids of tokens that were not revoked. */
  readonly left: readonly string[];
}

/**
 * Runs the journeys of a file against a mock of their own. Its clock stands still, and moves on once the token that
 * expires was used, and then was tried too early: so nothing depends on how long anything takes.
 */
export async function respect(file: string): Promise<Run> {
  const expiresAt = "2100-01-01T00:00:05Z";
  const requests: string[] = [];
  let uses = 0;
  const mock = await startMock({
    clock: { mode: "fixed", at: "2100-01-01T00:00:00Z" },
    onRequest: ({ method, path, status }) => {
      requests.push(`${method} ${path} ${status}`);
      if (path.endsWith("?prefix=journey-expiry")) uses += 1;
      if (uses === 2) mock.setClock({ mode: "fixed", at: expiresAt });
    },
  });
  const args = ["respect", file, "--server", `s2=${mock.url}/v1`];
  const inputs = ["--input", `token=${mock.rootToken}`, "--input", `expires_at=${expiresAt}`];
  try {
    const { code, text } = await redocly([...args, ...inputs]);
    return { code, text, requests, left: mock.tokens().map(({ id }) => id) };
  } finally {
    await mock.stop();
  }
}

/** Runs a command of Redocly's. It is kept from calling home. */
function redocly(args: readonly string[]): Promise<Pick<Run, "code" | "text">> {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [command, ...args],
      { cwd: root, env: { ...env, NO_COLOR: "1" } },
      (_, stdout, stderr) => resolve({ code: child.exitCode, text: stdout + stderr }),
    );
  });
}
