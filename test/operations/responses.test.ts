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
  const { value, status, headers } = await withResponse(jobs.getLog(input));
  expect([value, status, headers.get("location")]).toEqual([
    undefined,
    302,
    "https://elsewhere.example/log",
  ]);
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
