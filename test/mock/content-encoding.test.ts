import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ limits: { maxBodyBytes: 100_000 } });
});
beforeEach(() => mock.reset());
afterAll(() => mock?.stop());

const json = (id: string): string => JSON.stringify({ id, scope: { ops: ["read"] } });
/** Made with zstandard of Python: no Node that we support before 22.15 writes it. */
const zstd = Buffer.from(
  "KLUv/SAmMQEAeyJpZCI6InpzdGQiLCJzY29wZSI6eyJvcHMiOlsicmVhZCJdfX0=",
  "base64",
);
/** Four million spaces. */
const zstdOfSpaces = Buffer.from(
  "KLUv/YBYAAk9AFQAABAgIAEA+/85wAICABAgAgAQIAIAECACABAgAgAQIAIAECACABAgAgAQIAIAECACABAgAgAQIAIAECACABAgAgAQIAIAECACABAgAgAQIAIAECACABAgAgAQIAIAECACABAgAgAQIAIAECACABAgAgAQIAIAECACABAgAgAQIANICCA=",
  "base64",
);

interface Refusal {
  readonly code: string;
  readonly message: string;
}

async function issue(encoding: string, body: Buffer): Promise<{ status: number; said: Refusal }> {
  const response = await fetch(`${mock.url}/v1/access-tokens`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${mock.rootToken}`,
      "content-type": "application/json",
      "content-encoding": encoding,
    },
    body: new Uint8Array(body),
  });
  return { status: response.status, said: await response.json() };
}

describe("bodies that the official clients compress", () => {
  test.each([
    ["gzip", "gzip", gzipSync(json("gzip"))],
    ["gzip in other letters", "GZip", gzipSync(json("gzip"))],
    ["zstd", "zstd", zstd],
    ["identity", "identity", Buffer.from(json("identity"))],
  ])("%s is read", async (_name, encoding, body) => {
    expect((await issue(encoding, body)).status).toBe(201);
    expect(mock.tokens().map(({ id }) => id)).toEqual([encoding.toLowerCase()]);
  });
});

describe("bodies that are rejected", () => {
  test.each([
    ["no gzip", "gzip", Buffer.from(json("a"))],
    ["half of a gzip", "gzip", gzipSync(json("a")).subarray(0, 20)],
    ["no zstd", "zstd", Buffer.from(json("a"))],
    ["half of a zstd", "zstd", zstd.subarray(0, 20)],
  ])("%s", async (_name, encoding, body) => {
    const { status, said } = await issue(encoding, body);
    expect([status, said.code]).toEqual([400, "bad_json"]);
    expect(said.message).toContain(`is not ${encoding}, which its content-encoding says`);
    expect(mock.tokens()).toEqual([]);
  });

  test.each([
    ["gzip", gzipSync(" ".repeat(4_000_000))],
    ["zstd", zstdOfSpaces],
  ])("a %s that grows past the limit", async (encoding, body) => {
    expect(body.length).toBeLessThan(10_000);
    expect((await issue(encoding, body)).status).toBe(413);
  });

  test("the error names an unknown encoding", async () => {
    const { status, said } = await issue("br", brotliCompressSync(json("a")));
    expect([status, said.code]).toEqual([400, "bad_header"]);
    expect(said.message).toContain("send the body uncompressed, or as gzip or zstd");
  });
});
