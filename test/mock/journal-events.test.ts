import { once } from "node:events";
import { connect } from "node:http2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../../src/mock/control/api.js";
import type { Control } from "../../src/mock/control/resources/control.js";
import { type Mock, startMock } from "../../src/mock/index.js";

let mock: Mock;
let control: Control;
beforeAll(async () => {
  mock = await startMock({ limits: { stopTimeout: 600_000 } });
  control = clientOf(mock);
});
afterAll(() => mock.stop());

function clientOf({ url, controlToken }: Mock): Control {
  return createClient({ baseUrl: `${url}/__mock`, auth: { controlToken } }).control;
}

async function list(session: string, prefix: string): Promise<void> {
  await mock.client({ session }).accessTokens.list({ prefix });
}

test("the events are the kept requests of one session, then each further one", async () => {
  await list("one", "kept");
  const events = await control.followJournal({ mockSession: "one" });
  const paths: string[] = [];
  for await (const { event, data } of events) {
    expect(event).toBe("request");
    paths.push(data.path);
    if (paths.length === 1) {
      await list("other", "foreign");
      await list("one", "live");
      await fetch(`${mock.url}/v1/access-tokens?limt=5&limit=-1`, {
        headers: { authorization: `Bearer ${mock.rootToken}`, "mock-session": "one" },
      });
    }
    if (paths.length === 3) {
      expect(data).toMatchObject({
        status: 400,
        violation: "limit: expected at least 0, found -1",
        unknown: ["query limt"],
      });
      break;
    }
  }
  expect(paths).toEqual([
    "/v1/access-tokens?prefix=kept",
    "/v1/access-tokens?prefix=live",
    "/v1/access-tokens?limt=5&limit=-1",
  ]);
});

test("the events are sent over HTTP/2, too", async () => {
  await list("h2", "kept");
  const session = connect(mock.url);
  const stream = session.request({
    ":path": "/__mock/journal/events",
    authorization: `Bearer ${mock.controlToken}`,
    "mock-session": "h2",
  });
  const [part]: Buffer[] = await once(stream, "data");
  expect(String(part)).toMatch(/^event: request\ndata: \{.*prefix=kept.*\}\n\n$/);
  session.destroy();
});

test("HEAD gets the headers, and ends", async () => {
  const headers = { authorization: `Bearer ${mock.controlToken}` };
  const response = await fetch(`${mock.url}/__mock/journal/events`, { method: "HEAD", headers });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(await response.text()).toBe("");
});

test("the events end when the mock stops", async () => {
  const other = await startMock({ limits: { stopTimeout: 600_000 } });
  const events = await clientOf(other).followJournal();
  const session = connect(other.url);
  const stream = session.request({
    ":path": "/__mock/journal/events",
    authorization: `Bearer ${other.controlToken}`,
  });
  await once(stream, "response");
  const ended = once(stream.resume(), "close");
  await other.stop();
  await ended;
  for await (const { data } of events) expect.fail(`there was no request ${data.path}`);
});
