import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthOptions, createClient } from "../golden/security/want/api.js";
import { json, type RealServer, startServer } from "./server.js";

let server: RealServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const connected = (auth: AuthOptions): ReturnType<typeof createClient> =>
  createClient({ baseUrl: server.baseUrl, auth, retry: false });
const sent = (): Record<string, unknown> => {
  const { url, headers } = server.last();
  const { authorization, cookie, "x-api-key": key, "x-app-id": app } = headers;
  return { url, authorization, cookie, key, app };
};
const secret = "s3cr3t-0123456789";

describe("each kind travels as the contract says", () => {
  test("bearer", async () => {
    await connected({ bearerAuth: secret }).reports.list();
    expect(sent()).toMatchObject({ authorization: `Bearer ${secret}`, key: undefined });
  });
  test("two keys together, where the first alternative is not given", async () => {
    await connected({ apiKey: "k", appId: "a" }).reports.list();
    expect(sent()).toMatchObject({ authorization: undefined, key: "k", app: "a" });
  });
  test("basic, in UTF-8", async () => {
    await connected({ basicAuth: { username: "ü", password: "p:w" } }).reports.create();
    const encoded = Buffer.from("ü:p:w").toString("base64");
    expect(sent()).toMatchObject({ authorization: `Basic ${encoded}` });
  });
  test("a token of an authorization server, asked for before each call", async () => {
    let count = 0;
    const client = connected({ oauth: async () => `token-${++count}` });
    await client.reports.clear();
    await client.reports.clear();
    expect(sent()).toMatchObject({ authorization: "Bearer token-2" });
  });
  test("a cookie", async () => {
    await connected({ session: "c1" }).reports.clear();
    expect(sent()).toMatchObject({ cookie: "sid=c1", authorization: undefined });
  });
  test("a key in the query, where it is optional", async () => {
    await connected({ queryKey: "a&b" }).reports.getStatus();
    expect(sent()).toMatchObject({ url: "/v2/status?key=a%26b" });
    await connected({}).reports.getStatus();
    expect(sent()).toMatchObject({ url: "/v2/status" });
  });
  test("the raw client sends the usual one", async () => {
    await connected({ bearerAuth: secret }).raw.GET("/reports");
    expect(sent()).toMatchObject({ authorization: `Bearer ${secret}` });
  });
});

test("without a credential that fits, nothing is sent, and the error names what to give", async () => {
  const before = server.seen.length;
  await expect(connected({ queryKey: "k" }).reports.list()).rejects.toThrow(
    "pass auth.bearerAuth, or auth.apiKey and auth.appId",
  );
  expect(server.seen).toHaveLength(before);
});

test.each<[string, object]>([
  ["auth.apiKey", { apiKey: "a\nb" }],
  ["auth.bearerAuth", { bearerAuth: "Bearer x" }],
  ["auth.basicAuth", { basicAuth: "u:p" }],
  ["auth.basicAuth.username", { basicAuth: { username: "a:b", password: "" } }],
  ["auth.session", { session: "a;b" }],
  ["auth.nope", { nope: "x" }],
])("%s is checked when the client is made, and never shown", (name, auth) => {
  expect(() => connected(auth)).toThrow(name);
  for (const value of Object.values(auth)) {
    if (typeof value === "string" && value.length > 2)
      expect(() => connected(auth)).not.toThrow(value);
  }
});

test.each<[string, AuthOptions, (client: ReturnType<typeof createClient>) => Promise<unknown>]>([
  ["bearer", { bearerAuth: secret }, ({ reports }) => reports.list()],
  ["basic", { basicAuth: { username: "u", password: secret } }, ({ reports }) => reports.create()],
  ["query", { queryKey: secret }, ({ reports }) => reports.getStatus()],
  ["cookie", { session: secret }, ({ reports }) => reports.clear()],
  ["header", { apiKey: secret, appId: "a" }, ({ reports }) => reports.list()],
])("no error and no event shows a credential: %s", async (_, auth, call) => {
  server.answer = (response, { url, headers }) => {
    json(400, { message: `refused ${url} ${JSON.stringify(headers)}` })(response, server.last());
  };
  const events: unknown[] = [];
  const note = (event: { readonly headers?: Headers }): void => {
    events.push({ ...event, headers: [...(event.headers ?? [])] });
  };
  const client = createClient({
    baseUrl: server.baseUrl,
    auth,
    retry: false,
    hooks: { request: note, response: note, error: (event) => void events.push(event) },
  });
  const error: unknown = await call(client).catch((reason: unknown) => reason);
  server.answer = (response) => void response.writeHead(204).end();
  expect(error).toBeInstanceOf(Error);
  const { message, stack, body, cause } = Object(error);
  const shown = JSON.stringify([message, stack, body, cause, events]);
  const basic = Buffer.from(`u:${secret}`).toString("base64");
  expect(shown).not.toContain(secret);
  expect(shown).not.toContain(basic);
});

test("variables of the server", () => {
  const seen: string[] = [];
  const fetch = async (input: string | Request): Promise<Response> => {
    seen.push(String(input));
    return new Response(null, { status: 204 });
  };
  const call = (variables: object): Promise<void> =>
    createClient({ fetch, variables }).reports.getStatus();
  return Promise.all([call({}), call({ region: "us", version: "v3" })]).then(() => {
    expect(seen).toEqual(["https://eu.example.com/v2/status", "https://us.example.com/v3/status"]);
    expect(() => call({ region: "xx" })).toThrow("variables.region: expected eu or us");
    expect(() => call({ version: "a@evil.example/" })).toThrow("variables.version");
    expect(() => createClient({ baseUrl: "javascript:alert(1)" })).toThrow("baseUrl");
  });
});
