import { once } from "node:events";
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from "node:http2";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";

const protocols: string[] = [];
let mock: Mock;
let session: ClientHttp2Session;
beforeAll(async () => {
  mock = await startMock({ onRequest: ({ protocol }) => protocols.push(protocol) });
  // A session to an origin with http: opens with the preface of HTTP/2 at once, as the official Python client does.
  session = connect(mock.url);
  await once(session, "connect");
});
afterAll(async () => {
  session?.close();
  await mock?.stop();
});

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

async function call(method: string, path: string, body?: object): Promise<Answer> {
  const stream = session.request({
    ":method": method,
    ":path": `/v1/access-tokens${path}`,
    authorization: `Bearer ${mock.rootToken}`,
    ...(body !== undefined && { "content-type": "application/json" }),
  });
  stream.end(body === undefined ? undefined : JSON.stringify(body));
  const [headers]: IncomingHttpHeaders[] = await once(stream, "response");
  const { ":status": status } = headers ?? {};
  return { headers: headers ?? {}, body: Number(status) === 204 ? undefined : await json(stream) };
}

test("issue, list and revoke over one session of HTTP/2 without TLS, by prior knowledge", async () => {
  const issued = await call("POST", "", { id: "a/b", scope: { ops: ["read"] } });
  expect(issued.headers[":status"]).toBe(201);
  expect(issued.body).toEqual({ access_token: expect.stringMatching(/^not-a-real-secret-/) });

  const listed = await call("GET", "?prefix=a&limit=1");
  expect(listed.headers).toMatchObject({ ":status": 200, "content-type": "application/json" });
  expect(listed.body).toMatchObject({ access_tokens: [{ id: "a/b" }], has_more: false });

  const taken = await call("POST", "", { id: "a/b", scope: { ops: ["read"] } });
  expect(taken.headers[":status"]).toBe(409);
  expect(taken.body).toMatchObject({ code: "resource_already_exists" });

  expect((await call("DELETE", "/a%2Fb")).headers[":status"]).toBe(204);
  expect((await call("GET", "")).body).toEqual({ access_tokens: [], has_more: false });
  expect(protocols).toEqual(Array.from({ length: 5 }, () => "HTTP/2"));
});

test("calls at the same time share the session", async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `many-${index}`);
  const answers = await Promise.all(
    ids.map((id) => call("POST", "", { id, scope: { ops: ["read"] } })),
  );
  expect(new Set(answers.map(({ headers }) => headers[":status"]))).toEqual(new Set([201]));
  expect(mock.tokens().map(({ id }) => id)).toEqual(ids.toSorted());
});
