import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../golden/responses/want/api.js";
import { ApiError, settle, withResponse } from "../golden/responses/want/index.js";
import { json, type RealServer, startServer } from "./server.js";

let server: RealServer;
let jobs: ReturnType<typeof createClient>["jobs"];
beforeAll(async () => {
  server = await startServer();
  jobs = createClient({ baseUrl: server.baseUrl, retry: false }).jobs;
});
afterAll(() => server.close());

const input = { id: "1" };
const empty =
  (status: number, headers: Record<string, string> = {}): RealServer["answer"] =>
  (response) =>
    void response.writeHead(status, headers).end();

test("200 or nothing", async () => {
  server.answer = json(200, { id: "1", ended_at: "2026-01-01T00:00:00Z" });
  expect(await jobs.get(input)).toEqual({ id: "1", endedAt: new Date("2026-01-01T00:00:00Z") });
  server.answer = empty(204);
  expect(await jobs.get(input)).toBeUndefined();
});

test("200 or 202, told apart by the status", async () => {
  server.answer = json(202, { retry_in: 5 });
  const { value, status } = await withResponse(jobs.run(input));
  expect([value, status]).toEqual([{ retryIn: 5 }, 202]);
  server.answer = json(200, { retry_in: 5 });
  await expect(jobs.run(input)).rejects.toThrow("/id");
});

test("HEAD has no body, whatever is declared", async () => {
  server.answer = empty(200, {
    "content-type": "application/json",
    "content-length": "12",
    etag: "e",
  });
  const { value, headers } = await withResponse(jobs.check(input));
  expect([value, headers.get("etag")]).toEqual([undefined, "e"]);
});

test("a declared redirect is a success, and its headers say where it leads", async () => {
  server.answer = empty(302, { location: "https://elsewhere.example/log" });
  const { value, status, declaredHeaders } = await withResponse(jobs.getLog(input));
  expect([value, status, declaredHeaders.location]).toEqual([
    undefined,
    302,
    "https://elsewhere.example/log",
  ]);
});

describe("declared headers", () => {
  test("are values, whatever response they come with", async () => {
    const headers = {
      ETag: "v1",
      "Last-Modified": "Wed, 21 Oct 2015 07:28:00 GMT",
      "X-Rate-Limit": "9",
      "X-Other": "kept",
    };
    server.answer = json(200, { id: "1" }, "application/json", headers);
    const answered = await withResponse(jobs.get(input));
    const { eTag, lastModified, retryAfter, xRateLimit } = answered.declaredHeaders;
    expect([eTag, lastModified, retryAfter, xRateLimit]).toEqual([
      "v1",
      new Date("2015-10-21T07:28:00Z"),
      undefined,
      9,
    ]);
    expect(answered.headers.get("x-other")).toBe("kept");
    server.answer = empty(204, { "Retry-After": "0.5", "Last-Modified": "2015-10-21T07:28:00Z" });
    const { declaredHeaders } = await withResponse(jobs.get(input));
    expect(declaredHeaders).toEqual({
      eTag: undefined,
      lastModified: new Date("2015-10-21T07:28:00Z"),
      retryAfter: 0.5,
      xRateLimit: undefined,
    });
  });

  test("are lists, objects and JSON, too", async () => {
    const headers = {
      "X-Cached": "true",
      "X-Warnings": "low, odd",
      "X-Quota": "left=3,unit=days",
      "X-Trace": '{"title":"slow","trace_id":"t"}',
      "X-Run": "7",
    };
    server.answer = json(202, { retry_in: 1 }, "application/json", headers);
    const { declaredHeaders } = await withResponse(jobs.run(input));
    expect(declaredHeaders).toEqual({
      xCached: true,
      xWarnings: ["low", "odd"],
      xQuota: { left: 3, unit: "days" },
      xTrace: { title: "slow", traceId: "t" },
      xRun: "7",
    });
  });

  test.each([
    ["X-Cached", "perhaps"],
    ["X-Quota", "left=many"],
    ["X-Quota", "none"],
    ["X-Trace", "{"],
    ["X-Trace", "[]"],
  ])("with %s: %s, are undefined, and the call is a success", async (name, text) => {
    server.answer = json(200, { id: "1" }, "application/json", { [name]: text });
    const { value, headers, declaredHeaders } = await withResponse(jobs.run(input));
    expect(value).toMatchObject({ id: "1" });
    expect(headers.get(name)).toBe(text);
    expect(Object.values(declaredHeaders)).toEqual(Array(5).fill(undefined));
  });

  test("are none where the contract declares none", async () => {
    server.answer = empty(200, { etag: "e" });
    expect((await withResponse(jobs.check(input))).declaredHeaders).toEqual({});
  });
});

test("a redirect that is not declared is an error", async () => {
  server.answer = empty(302, { location: "https://elsewhere.example/" });
  await expect(jobs.get(input)).rejects.toMatchObject({ status: 302 });
});

describe("error bodies", () => {
  const failed = async (call: Promise<unknown>): Promise<ApiError> => {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ApiError)) throw new Error("the call did not fail as it should");
    return error;
  };
  test("of a range, as problem+json", async () => {
    server.answer = json(418, { title: "no", trace_id: "t" }, "application/problem+json");
    expect((await failed(jobs.get(input))).body).toEqual({ title: "no", traceId: "t" });
  });
  test("of default, written in place", async () => {
    server.answer = json(500, { error: "broken" });
    const error = await failed(jobs.get(input));
    expect([error.status, error.body]).toEqual([500, { error: "broken" }]);
  });
  test("of a status, written in place", async () => {
    server.answer = json(409, { since: "2026-01-01T00:00:00Z" });
    const result = await settle(jobs.run(input));
    expect(result).toMatchObject({ ok: false, error: { name: "ConflictError" } });
    expect((await failed(jobs.run(input))).body).toEqual({
      since: new Date("2026-01-01T00:00:00Z"),
    });
  });
  test("of another shape are kept as text", async () => {
    server.answer = json(404, ["?"]);
    expect((await failed(jobs.get(input))).body).toBe('["?"]');
  });
});

test("withResponse takes the promise of a call", async () => {
  await expect(withResponse(Promise.resolve(1))).rejects.toThrow("as a method returned it");
});
