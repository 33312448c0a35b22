import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../../src/mock/cli/program.js";
import { bundleCommand } from "./bundled-command.js";

const folder = mkdtempSync(join(tmpdir(), "mock-run-"));
let cli: string;
beforeAll(async () => {
  cli = await bundleCommand(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});

interface Run {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly error: () => string;
  readonly ended: Promise<unknown>;
}

function run(flags: readonly string[], command: readonly string[]): Run {
  const child = spawn(process.execPath, [cli, "mock", ...flags, "--", ...command]);
  running.add(child);
  const text = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text.out += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    text.error += part;
  });
  const ended = once(child, "close").then(([code]: unknown[]) => code);
  return { child, out: () => text.out, error: () => text.error, ended };
}

/** A program of Node.js as a command. */
function program(text: string): readonly string[] {
  return [process.execPath, "--input-type=module", "--eval", text];
}

const list = `const { S2_ACCESS_TOKEN: token, S2_ACCOUNT_ENDPOINT: url } = process.env;
  const headers = { authorization: "Bearer " + token };
  const { status } = await fetch(url + "/v1/access-tokens", { headers });`;

/** Runs the command in this process; what it prints is the mock's, and the program must print nothing. */
async function runHere(
  flags: readonly string[],
  command: readonly string[],
): Promise<{ readonly code: number; readonly error: string }> {
  let error = "";
  const code = await runProgram(["mock", ...flags, "--", ...command], {
    out: (line) => expect.fail(`on the standard output: ${line}`),
    error: (line) => {
      error += `${line}\n`;
    },
  });
  return { code, error };
}

describe("a command", () => {
  test("finds the mock and its control in environment variables, and keeps its flags and output", async () => {
    const args = ["--help", "--", "-x"];
    const { ended, out, error } = run(
      [],
      [
        ...program(`${list} console.log("status", status);
          const { S2_MOCK_CONTROL: control, S2_MOCK_CONTROL_TOKEN: key } = process.env;
          const state = await fetch(control + "state", { headers: { authorization: "Bearer " + key } });
          console.log("control", state.status);
          console.log(process.argv.slice(1).join());`),
        "--",
        ...args,
      ],
    );
    expect(await ended).toBe(0);
    expect(out()).toBe("status 200\ncontrol 200\n--help,--,-x\n");
    expect(error()).toMatch(/^Exercised by this consumer.*Verdict: passed\n$/s);
    expect(error()).toMatch(/operations +1 of 3/);
  });

  test.each([0, 1, 7, 255])("exits with %d, and so does the mock", async (expected) => {
    const { code, error } = await runHere([], program(`process.exit(${expected})`));
    expect(code).toBe(expected);
    expect(error).toContain("Verdict: ");
  });

  test("that succeeds exits with 1 if the verdict misses a threshold", async () => {
    const { code, error } = await runHere(["--require", "operations=100"], program(list));
    expect(code).toBe(1);
    expect(error).toContain("Verdict: failed (operations: 33 %, not 100 %)");
  });

  test("that fails gives the mock its exit code, for any verdict", async () => {
    const { code } = await runHere(["--require", "operations=100"], program("process.exit(3)"));
    expect(code).toBe(3);
  });

  test("that does not exist is an error", async () => {
    const none = await runHere([], ["no-such-command-here"]);
    expect(none.code).toBe(2);
    expect(none.error).toContain("-- no-such-command-here: no such command");
    const nothing = await runHere([], []);
    expect(nothing.code).toBe(2);
    expect(nothing.error).toContain("--: expected a command, such as -- npm test");
  });

  test("gets a free port", async () => {
    const waiting = `${list} console.log(url); setTimeout(() => {}, 60_000);`;
    const [one, other] = [run([], program(waiting)), run([], program(waiting))];
    await expect.poll(one.out, { timeout: 20_000 }).toMatch(/http/);
    await expect.poll(other.out, { timeout: 20_000 }).toMatch(/http/);
    expect(one.out()).not.toBe(other.out());
  });
});

describe("a signal", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGQUIT", 131],
  ] as const)("%s is passed to the command, and both end", async (signal, code) => {
    const { child, ended, out } = run(
      [],
      program(`${list} console.log(process.pid, url); setTimeout(() => {}, 60_000);`),
    );
    await expect.poll(out, { timeout: 20_000 }).toMatch(/http/);
    const [pid = "", url = ""] = out().trim().split(" ");
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(() => process.kill(Number(pid), 0)).toThrow();
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  test("that the command handles keeps its exit code", async () => {
    const { child, ended, out } = run(
      [],
      program(
        `process.on("SIGTERM", () => process.exit(5)); console.log("up"); setTimeout(() => {}, 60_000);`,
      ),
    );
    await expect.poll(out, { timeout: 20_000 }).toBe("up\n");
    child.kill("SIGTERM");
    expect(await ended).toBe(5);
  });

  test("that the command ignores kills it the second time", async () => {
    const { child, ended, out } = run(
      [],
      program(
        `process.on("SIGTERM", () => console.log("no")); console.log("up"); setTimeout(() => {}, 60_000);`,
      ),
    );
    await expect.poll(out, { timeout: 20_000 }).toMatch(/^up/);
    child.kill("SIGTERM");
    await expect.poll(out, { timeout: 20_000 }).toMatch(/no/);
    child.kill("SIGTERM");
    expect(await ended).toBe(137);
  });
});
