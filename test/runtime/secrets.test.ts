import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { errorCodes, isCallError, S2 } from "../../src/index.js";
import { canary, deadPort, failure, json, listed, rig, text, thrown, untyped } from "./harness.js";

const issued = "s2-issued-1b9d44e07c";

/** Everything that a program may write of a value without meaning to. */
function dump(value: unknown): string {
  const parts = [String(value), JSON.stringify(value) ?? "", inspect(value, { depth: 12 })];
  parts.push(inspect(value, { depth: 12, showHidden: true, getters: true }));
  for (let error = value; error instanceof Error; error = error.cause) {
    parts.push(error.message, error.stack ?? "", JSON.stringify(Object.entries(error)));
    if (isCallError(error) && "headers" in error) parts.push(inspect(error.headers));
  }
  return parts.join("\n");
}

describe("the token that calls", () => {
  test("is in no dump of the client", () => {
    const { client } = rig(() => json(200, {}));
    const parts: unknown[] = Object.values(client);
    expect(parts).toContain(client.raw);
    for (const part of [client, { client }, ...parts]) expect(dump(part)).not.toContain(canary);
  });

  test("is in no error, whatever went wrong", async () => {
    const refused = await deadPort();
    const list = (answer: () => Response | Promise<Response>): Promise<unknown> =>
      failure(rig(answer).client.accessTokens.list());
    const errors = [
      await list(() => json(401, { code: "authn", message: "No." })),
      await list(() => text(502, "<html>")),
      await list(() => text(200, "{")),
      await list(() => json(200, { access_tokens: [{}], has_more: false })),
      await list(() => json(200, { access_tokens: [listed("a")], has_more: 1 })),
      await list(() => Promise.reject(new Error("no network"))),
      await failure(
        new S2({
          accessToken: canary,
          endpoint: `http://127.0.0.1:${refused}`,
        }).accessTokens.issue({ id: "a", scope: { ops: ["read"] } }),
      ),
      await failure(rig(() => text(204, "")).client.accessTokens.revoke({ id: ".." })),
      thrown(() => new S2({ accessToken: `${canary}\n` })),
      thrown(() => new S2(untyped({ accessToken: canary, token: canary }))),
      thrown(() => new S2({ accessToken: canary, endpoint: "nowhere" })),
      thrown(() => new S2(untyped({ accessToken: [canary] }))),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error);
      expect(dump(error)).not.toContain(canary);
    }
  });
});

describe("a secret that is issued", () => {
  test.each([
    ["of another type", { access_token: [issued] }],
    ["at another place", { token: issued }],
    ["alone", issued],
    ["in an array", [{ access_token: issued }]],
  ])("is in no ContractError: %s", async (_, body) => {
    const { client } = rig(() => json(201, body));
    const error = await failure(client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } }));
    expect(dump(error)).not.toContain(issued);
  });

  test.each([
    ["without quotes", `{"access_token":${issued}}`],
    ["as plain text", issued],
    ["cut", `{"access_token":"${issued}`],
    ["followed by more", `{"access_token":"${issued}"}x`],
  ])("is in no ContractError about malformed JSON: %s", async (_, body) => {
    const { client } = rig(() => text(201, body));
    const error = await failure(client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } }));
    // V8 quotes the text around the place that it cannot parse: ten characters are enough.
    for (const piece of [issued, issued.slice(0, 8), issued.slice(-8)]) {
      expect(dump(error)).not.toContain(piece);
    }
  });
});

/** Every method, over a client. */
const methods: readonly (readonly [string, (client: S2) => Promise<unknown>])[] = [
  ["list", (client) => client.accessTokens.list()],
  ["listAll", async (client) => client.accessTokens.listAll()[Symbol.asyncIterator]().next()],
  ["get", (client) => client.accessTokens.get("a")],
  ["issue", (client) => client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } })],
  ["revoke", (client) => client.accessTokens.revoke({ id: "a" })],
];

/** An error whose members throw when they are read. */
function unreadable(): Error {
  return new Proxy(new Error(bearer), {
    get: () => {
      throw new Error("no");
    },
  });
}

const bearer = `Bearer ${canary}`;
const echo = { "x-echo": bearer, "set-cookie": `token=${canary}`, "x-request-id": canary };

/** Servers, proxies and networks that say what they should not: the credential, and a secret just issued. */
const leaks: readonly (readonly [string, () => Response | Promise<Response>])[] = [
  ...Object.entries(errorCodes).map(([code, facts]) => {
    const message = `${bearer} may not`;
    const body = { code, message, authorization: bearer, access_token: issued, deep: [canary] };
    return [`${facts.status} ${code}`, () => json(facts.status, body, echo)] as const;
  }),
  ["a code that is the credential", () => json(403, { code: canary, message: canary })],
  ["an unknown status", () => json(599, { [canary]: canary, access_token: issued }, echo)],
  ["HTML", () => text(502, `<p>${bearer}</p><pre>{"access_token": "${issued}"}</pre>`, echo)],
  ["a reason phrase", () => new Response("", { status: 500, statusText: canary })],
  [
    "JSON within a text",
    () => json(500, { code: "storage", message: `sent {"access_token": "${issued}"}` }),
  ],
  [
    "JSON within a text within a text",
    () => json(500, { code: "storage", message: `curl -d '{\\"access_token\\":\\"${issued}\\"}'` }),
  ],
  ["a secret in a list", () => json(500, { code: 5, access_token: [issued] })],
  ["a secret in an object", () => json(500, { code: 5, access_token: { value: issued } })],
  ["HTML that quotes JSON", () => text(500, `{&quot;access_token&quot;:&quot;${issued}&quot;}`)],
  ["a form", () => text(500, `id=a&access_token=${issued}&x=1`)],
  ["a line of a log", () => text(500, `access_token: ${issued}`)],
  ["the credential, escaped", () => text(500, encodeURIComponent(`t=${canary}`))],
  ["a redirect", () => text(307, "", { location: `https://x.invalid/?t=${canary}`, ...echo })],
  ["a 2xx that is none", () => json(200, { [canary]: canary, access_token: [issued] }, echo)],
  ["a 2xx of malformed JSON", () => text(200, `{"access_token":"${issued}" ${bearer}`, echo)],
  ["no answer", () => Promise.reject(new Error(`no route for ${bearer}`))],
  [
    "no answer, of an error with its request",
    () => Promise.reject(Object.assign(new Error("boom"), { options: { authorization: bearer } })),
  ],
  [
    "no answer, of several errors",
    () => Promise.reject(new AggregateError([new Error(bearer)], "all")),
  ],
  ["no answer, of no error", () => Promise.reject({ headers: { authorization: bearer } })],
  ["no answer, of an error that cannot be read", () => Promise.reject(unreadable())],
  [
    "no answer, of an error of another realm",
    () => Promise.reject(runInNewContext(`new TypeError(${JSON.stringify(bearer)})`)),
  ],
  [
    "no answer, with causes",
    () => {
      const cause = Object.assign(new Error(`header ${bearer}`), { code: "ECONNRESET" });
      return Promise.reject(new TypeError("fetch failed", { cause: new Error(canary, { cause }) }));
    },
  ],
];

describe.each(methods)("whatever a server says to %s", (_, call) => {
  test.each(leaks)("no error and no event shows a secret: %s", async (_, answer) => {
    const told: unknown[] = [];
    const tell = (event: object): number => told.push({ ...event });
    const { client, seen } = rig(answer, {
      hooks: { request: tell, response: tell, retry: tell, error: tell },
      retry: { attempts: 2, baseDelay: 0 },
    });
    const error = await call(client).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    // What is sent needs the credential; the test is worth nothing without it.
    expect(seen[0]?.headers.get("authorization")).toBe(bearer);
    expect(told.length).toBeGreaterThan(0);
    for (const value of [error, ...told]) {
      const shown = dump(value);
      expect(shown).not.toContain(canary);
      expect(shown).not.toContain(issued);
    }
    for (const event of told) {
      const headers = Reflect.get(Object(event), "headers");
      if (headers instanceof Headers) expect(JSON.stringify([...headers])).not.toContain(canary);
    }
  });
});
