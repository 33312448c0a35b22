/** Where the client runs: an import touches no global of a platform, and values of another realm are as good. */
import path from "node:path";
import { createContext, runInContext, runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { S2 } from "../../src/index.js";
import { emptyPage, failure, json, listen, rig, text, untyped } from "./harness.js";

test("importing the package uses no global that a platform may lack", async () => {
  const { outputFiles } = await build({
    entryPoints: [path.resolve(import.meta.dirname, "../../src/index.ts")],
    bundle: true,
    format: "iife",
    globalName: "client",
    write: false,
  });
  // A context of V8 has the language and nothing else: no TextEncoder, no fetch, no URL, no process.
  const context = createContext({});
  runInContext(outputFiles[0]?.text ?? "", context);
  expect(runInContext("typeof client.S2 + typeof TextEncoder", context)).toBe("functionundefined");
});

describe("values from another realm", () => {
  test("a date", async () => {
    const { client, seen } = rig(() => json(201, { access_token: "secret" }));
    const expiresAt: Date = runInNewContext("new Date('2127-01-01T00:00:00Z')");
    expect(expiresAt).not.toBeInstanceOf(Date);
    await client.accessTokens.issue({ id: "a", scope: { ops: ["read"] }, expiresAt });
    expect(seen[0]?.body).toContain("2127-01-01T00:00:00.000Z");
  });

  test("a signal, such as that of a polyfill", async () => {
    const reason = new Error("enough");
    const listeners = new Set<() => void>();
    const signal = {
      aborted: false,
      reason: undefined as unknown,
      addEventListener: (_: string, listener: () => void) => listeners.add(listener),
      removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
    };
    const { client } = rig(() => new Promise(() => {}));
    const call = failure(client.accessTokens.list({}, { signal: untyped(signal) }));
    Object.assign(signal, { aborted: true, reason });
    for (const listener of listeners) listener();
    expect(await call).toBe(reason);
  });

  test("an error of fetch", async () => {
    const foreign: unknown = runInNewContext(
      "Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' })",
    );
    const { client } = rig(() => Promise.reject(foreign));
    const error = await failure(client.accessTokens.revoke({ id: "a" }));
    expect(error).toMatchObject({ name: "TransportError", outcome: "none" });
  });
});

describe("epoch seconds instead of milliseconds", () => {
  test.each([
    [1_767_225_600, 2026],
    [4_102_444_800, 2100],
    [1_000_000_000, 2001],
  ])(
    "%i is rejected, and the message gives the year as milliseconds and as seconds",
    async (seconds, year) => {
      const { client, seen } = rig(() => json(201, { access_token: "secret" }));
      const input = { id: "a", scope: { ops: ["read"] }, expiresAt: seconds } as const;
      expect(String(await failure(client.accessTokens.issue(input)))).toBe(
        `TypeError: accessTokens.issue: expiresAt: expected a date in epoch milliseconds, found ${seconds}, which is in 1970; if it is seconds, in ${year}, multiply it by 1000, else pass a Date`,
      );
      expect(seen).toEqual([]);
      await client.accessTokens.issue({ ...input, expiresAt: new Date(seconds) });
      await client.accessTokens.issue({ ...input, expiresAt: seconds * 1000 });
      expect(seen).toHaveLength(2);
    },
  );
});

describe("a response that is too large", () => {
  /** A body without an end, and how many bytes of it were asked for. */
  function endless(status: number): {
    response: Response;
    read: () => number;
    ended: () => boolean;
  } {
    let bytes = 0;
    let isEnded = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        bytes += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
      },
      cancel: () => {
        isEnded = true;
      },
    });
    return { response: new Response(body, { status }), read: () => bytes, ended: () => isEnded };
  }

  test("is cancelled with a TransportError, without a retry", async () => {
    const { response, read, ended } = endless(200);
    const { client, seen } = rig(() => response, { retry: {} });
    const error = await failure(client.accessTokens.list());
    expect(error).toMatchObject({ name: "TransportError", retryable: false });
    expect(String(error)).toContain("larger than 16777216 bytes (maxResponseBytes)");
    expect(read()).toBeLessThan(17 * 2 ** 20);
    expect(ended()).toBe(true);
    expect(seen).toHaveLength(1);
  });

  test("keeps an error status code", async () => {
    const { response, read } = endless(403);
    const { client } = rig(() => response);
    const error = await failure(client.accessTokens.list());
    expect(error).toMatchObject({ name: "ForbiddenError", status: 403, body: undefined });
    expect(read()).toBeLessThan(17 * 2 ** 20);
  });

  test("is rejected by its Content-Length, before the body is read", async () => {
    const body = new ReadableStream<Uint8Array>({});
    const headers = { "content-length": "17000000" };
    const { client } = rig(() => new Response(body, { headers }));
    expect(await failure(client.accessTokens.list())).toMatchObject({ name: "TransportError" });
  });

  test("is measured after decompression", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, " "));
    const server = await listen((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": bomb.length });
      response.end(bomb);
    });
    try {
      const error = await failure(server.client.accessTokens.list());
      expect(error).toMatchObject({ name: "TransportError" });
      expect(String(error)).toContain("larger than 16777216 bytes");
    } finally {
      await server.close();
    }
  });

  test("has a limit that is an option of the client and of a call", async () => {
    const page = JSON.stringify(emptyPage);
    const { client } = rig(() => text(200, page), { maxResponseBytes: page.length });
    expect(await client.accessTokens.list()).toMatchObject({ hasMore: false });
    const small = { maxResponseBytes: page.length - 1 };
    const error = await failure(client.accessTokens.list({}, small));
    expect(String(error)).toContain(`larger than ${page.length - 1} bytes`);
    for (const maxResponseBytes of [0, -1, Number.NaN, "1"]) {
      const options = untyped<object>({ maxResponseBytes });
      expect(String(await failure(client.accessTokens.list({}, options)))).toBe(
        "TypeError: accessTokens.list: options.maxResponseBytes: expected a number above 0",
      );
      expect(() => new S2({ accessToken: "x", ...options })).toThrow(TypeError);
    }
  });
});

test("an error body that is nested 100,000 deep keeps its status", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  for (const body of [deep, `{"code":"invalid","message":"no","x":${deep}}`]) {
    const { client } = rig(() => text(422, body));
    expect(await failure(client.accessTokens.list())).toMatchObject({ status: 422 });
  }
});
