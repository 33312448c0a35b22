import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..", "..");

/** The three requests of the snippet, by a program that knows HTTP/2 and nothing else. */
const overHttp2 = `
  const session = require("node:http2").connect(process.env.S2_ACCOUNT_ENDPOINT);
  const authorization = "Bearer " + process.env.S2_ACCESS_TOKEN;
  const send = (method, path, body) => new Promise((resolve, reject) => {
    const stream = session.request({ ":method": method, ":path": "/v1/access-tokens" + path, authorization, "content-type": "application/json" }, { endStream: false });
    stream.resume().once("end", resolve).once("error", reject).end(body);
  });
  const body = JSON.stringify({ id: "user-1234-rw-token", scope: { ops: ["read"] } });
  send("GET", "").then(() => send("POST", "", body)).then(() => send("DELETE", "/user-1234-rw-token")).then(() => session.close());
`;

async function withMock(...command: string[]): Promise<{ stdout: string; code: unknown }> {
  const args = ["--import", "tsx", "test/interop/with-mock.ts", ...command];
  return run(process.execPath, args, { cwd: root }).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: unknown }) => error,
  );
}

describe("a program in any language", () => {
  test("that speaks HTTP/2 without TLS makes the three calls", async () => {
    const { stdout, code } = await withMock(process.execPath, "-e", overHttp2);
    expect(stdout).toMatch(
      /HTTP\/2 GET .* 200\nHTTP\/2 POST .* 201\nHTTP\/2 DELETE .* 204\npassed/,
    );
    expect(code).toBe(0);
  });

  test("that makes other calls fails", async () => {
    const { stdout, code } = await withMock(process.execPath, "-e", "");
    expect(stdout).toContain("FAILED");
    expect(code).toBe(1);
  });
});

// It says by itself whether Python and the client are here. Those for Go and Rust fetch what they need when they are run.
test("the program in Python passes, or says why it is skipped", async () => {
  const { stdout } = await run(path.join(root, "test", "interop", "python", "run"), { cwd: root });
  expect(stdout).toMatch(/^(skipped: .+|passed)$/m);
});
