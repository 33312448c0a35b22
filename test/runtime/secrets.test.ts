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

describe("the access token", () => {
  test("does not appear if the client is printed", () => {
    const { client } = rig(() => json(200, {}));
    const parts: unknown[] = Object.values(client);
    expect(parts).toContain(client.raw);
    for (const part of [client, { client }, ...parts]) expect(dump(part)).not.toContain(canary);
  });

  test("does not appear in any error", async () => {
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
      thrown(() => new S2({ accessToken: canary, endpoint: "https://" })),
      thrown(() => new S2(untyped({ accessToken: [canary] }))),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error);
      expect(dump(error)).not.toContain(canary);
    }
  });
});

describe("an issued secret", () => {
  test.each([
    ["of another type", { access_token: [issued] }],
    ["at another place", { token: issued }],
    ["alone", issued],
    ["in an array", [{ access_token: issued }]],
  ])("does not appear in a ContractError: %s", async (_, body) => {
    const { client } = rig(() => json(201, body));
    const error = await failure(client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } }));
    expect(dump(error)).not.toContain(issued);
  });

  test.each([
    ["without quotes", `{"access_token":${issued}}`],
    ["as plain text", issued],
    ["cut", `{"access_token":"${issued}`],
    ["followed by more", `{"access_token":"${issued}"}x`],
  ])("does not appear in a ContractError about malformed JSON: %s", async (_, body) => {
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
  ["get", (client) => client.accessTokens.get({ id: "a" })],
  ["issue", (client) => client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } })],
  ["revoke", (client) => client.accessTokens.revoke({ id: "a" })],
];

/** An error whose cause is another one each time. */
class Computing extends Error {
  readonly #secret: string;
  constructor(secret: string) {
    super("computing");
    this.#secret = secret;
  }
  override get cause(): Error {
    return new Error(`by ${this.#secret}`);
  }
}

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
  ...[
    `access_token: Some("${issued}")`,
    `AccessToken { access_token: Secret("${issued}") }`,
    `see {"access_token":["${issued}"]}`,
    `{"access_token"=>"${issued}"}`,
    `[access_token] => ${issued}`,
    `<access_token>${issued}</access_token>`,
    `<td>access_token</td><td>${issued}</td>`,
    `<b>"access_token"</b>: <i>"${issued}"</i>`,
    `&amp;quot;access_token&amp;quot;:&amp;quot;${issued}&amp;quot;`,
    `%22access_token%22%3A%22${issued}%22`,
    `{&quot;access_token&quot;:&quot;x&#43;y&#x2F;${issued}&quot;}`,
    `{\\"access_token\\":\\"x\\\\u002By\\\\/${issued}\\"}`,
  ].flatMap((words) => [
    [`in a page: ${words}`, () => text(502, words)] as const,
    [`in a message: ${words}`, () => json(500, { code: "other", message: words })] as const,
  ]),
  [
    "a redirect with the secret",
    () => text(307, "", { location: `https://x.invalid/?access_token=${issued}` }),
  ],
  ["a symbol", () => Promise.reject(Symbol(bearer))],
  [
    "no answer, of an error with such a member",
    () => Promise.reject(Object.assign(new Error("x"), { [canary]: 1, s: Symbol(canary) })),
  ],
  ["no answer, of an error that computes its cause", () => Promise.reject(new Computing(canary))],
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

describe.each(methods)("any response to %s", (_, call) => {
  test.each(leaks)("shows no secret in errors and events: %s", async (_, answer) => {
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

describe("a credential is redacted in any escaping", () => {
  const accessToken = "aB3/dE6+gH9=jK2";
  test.each([
    "aB3\\/dE6+gH9=jK2",
    "aB3\\u002FdE6\\u002BgH9\\u003DjK2",
    "aB3%2FdE6%2BgH9%3DjK2",
    "aB3%2fdE6%2bgH9%3djK2",
    "aB3&#x2F;dE6&#x2B;gH9&#x3D;jK2",
    "aB3&#47;dE6&#43;gH9&#61;jK2",
    "aB3&sol;dE6&plus;gH9&equals;jK2",
  ])("%s", async (written) => {
    const { client } = rig(() => text(500, `<p>${written}</p>`), { accessToken });
    const error = await failure(client.accessTokens.list());
    expect(error).toMatchObject({ body: "<p>[redacted]</p>" });
  });

  test("and completely, if it starts with an earlier credential", async () => {
    const tokens = ["rotating-key", "rotating-key-and-more"];
    let asked = 0;
    const accessToken = async (): Promise<string> => {
      asked += 1;
      return tokens[asked - 1] ?? "";
    };
    const answer = (_: Request, number: number): Response =>
      json(500, { code: "other", message: `bad ${tokens[number]}` });
    const retry = { attempts: 2, baseDelay: 0 };
    const { client } = rig(answer, { accessToken, retry });
    const error = await failure(client.accessTokens.list());
    expect(String(error)).toContain("bad [redacted]");
    expect(String(error)).not.toContain("and-more");
  });
});

test.each([
  "issue_access_token: resource_already_exists",
  "issue_access_token: connect-timeout-to-upstream after 3 s",
  "access_token: insufficient_permissions",
  "access_token=unauthorized_operation",
  "Access token not found",
  "access_tokens: expected an array, found AN_OBJECT_1",
])("other strings stay: %s", async (message) => {
  const { client } = rig(() => json(500, { code: "other", message }));
  expect(await failure(client.accessTokens.list())).toMatchObject({ body: { message } });
});

test("quotes around a secret stay", async () => {
  const { client } = rig(() => json(500, { code: "other", message: "access_token='x' is wrong" }));
  const message = "access_token='[redacted]' is wrong";
  expect(await failure(client.accessTokens.list())).toMatchObject({ body: { message } });
});
