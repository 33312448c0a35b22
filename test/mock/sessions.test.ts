import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";

const scope = { ops: ["read" as const] };
/** Three of these take about 750 bytes, as they are listed. */
const tokens = ["a", "b", "c"].map((id) => ({ id, scope }));

async function list(mock: Mock, session: string): Promise<string> {
  const headers = { authorization: `Bearer ${mock.rootToken}`, "mock-session": session };
  const response = await fetch(`${mock.url}/v1/access-tokens`, { headers });
  const { code = "", message = "" }: { code?: string; message?: string } = await response.json();
  return `${response.status} ${code} ${message}`.trim();
}

async function control(mock: Mock, method: string, path: string, session: string): Promise<number> {
  const headers = { authorization: `Bearer ${mock.controlToken}`, "mock-session": session };
  return (await fetch(`${mock.url}/__mock/${path}`, { method, headers })).status;
}

test("a session whose seed exceeds a limit is rejected, and uses no memory", async () => {
  await using mock = await startMock({ limits: { maxStateBytes: 2000 }, tokens });
  expect(await list(mock, "one")).toBe("200");
  for (const name of ["two", "three", "four"]) {
    expect(await list(mock, name)).toMatch(
      /^429 mock_no_room tokens\[\d\]: This mock holds no more/,
    );
  }
  expect(await control(mock, "DELETE", "session", "one")).toBe(204);
  expect(await list(mock, "five")).toBe("200");
});

test("a reset that exceeds a limit changes nothing", async () => {
  await using mock = await startMock({ limits: { maxStateBytes: 2000 }, tokens });
  const one = mock.session("one");
  expect(await control(mock, "PUT", "state", "one")).toBe(400);
  one.setClock({ mode: "fixed", at: "2100-01-01T00:00:00Z" });
  const revoke = {
    method: "DELETE",
    headers: { authorization: `Bearer ${mock.rootToken}`, "mock-session": "one" },
  };
  for (const id of ["a", "b"]) await fetch(`${mock.url}/v1/access-tokens/${id}`, revoke);
  while (one.tokens().length < 9) {
    try {
      mock.issue({ id: `more-${mock.tokens().length}`, scope });
    } catch {
      break;
    }
  }
  const before = one.journal().length;
  expect(() => one.reset()).toThrow("This mock holds no more");
  expect(one.tokens().map(({ id }) => id)).toEqual(["c"]);
  expect(one.now()).toEqual(new Date("2100-01-01T00:00:00Z"));
  expect(one.journal()).toHaveLength(before);
});

test("using a deleted session creates it again, and counts it once", async () => {
  await using mock = await startMock({ limits: { maxStateBytes: 2000 } });
  const held = mock.session("held");
  for (let round = 0; round < 20; round += 1) {
    held.issue({ id: "a", scope });
    mock.endSession("held");
  }
  expect(held.tokens()).toEqual([]);
  expect(mock.issue({ id: "a", scope })).toContain("not-a-real");
});

test("deleting an unknown session and asking for health create no session", async () => {
  await using mock = await startMock({ limits: { maxSessions: 1 } });
  mock.endSession("nobody");
  expect(await control(mock, "DELETE", "session", "nobody")).toBe(204);
  expect(await control(mock, "GET", "health", "nobody")).toBe(200);
  expect(await list(mock, "nobody")).toMatch(/^429 mock_too_many_sessions/);
});

test("a fault plan stays valid if its operation is removed", async () => {
  const file = new URL("../../generated/openapi.json", import.meta.url);
  const document: { paths: Record<string, unknown> } = JSON.parse(readFileSync(file, "utf8"));
  const faults = { faults: [{ fault: "unavailable", operation: "revoke_access_token" }] };
  await using mock = await startMock({ document, faults });
  delete document.paths["/access-tokens/{id}"];
  await mock.serve(document);
  expect(await list(mock, "new")).toBe("200");
  mock.reset();
  expect(await list(mock, "default")).toBe("200");
  // Who sets it now is told.
  expect(() => mock.setFaults(faults)).toThrow("there is no operation revoke_access_token");
});
