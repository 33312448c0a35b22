import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { S2, type S2Options } from "../../src/index.js";
import { fetchOf } from "../fetch-of.js";
import { canary, emptyPage, failure, json, origin, rig, text, thrown, untyped } from "./harness.js";

const names = ["S2_ACCESS_TOKEN", "S2_ACCOUNT_ENDPOINT", "S2_BASIN_ENDPOINT"] as const;
let before: Readonly<Record<string, string | undefined>>;

beforeEach(() => {
  before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  for (const name of names) delete process.env[name];
});

afterEach(() => {
  for (const name of names) {
    const value = before[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

/** What a client with these options asks for when it lists. */
async function request(options: S2Options): Promise<Request> {
  let asked: Request | undefined;
  const fetch = fetchOf((outgoing) => {
    asked = outgoing;
    return json(200, emptyPage);
  });
  await new S2({ fetch, ...options }).accessTokens.list();
  if (asked === undefined) throw new Error("nothing was sent");
  return asked;
}

const refused = (options: unknown): string => {
  const error = thrown(() => new S2(untyped(options)));
  expect(error).toBeInstanceOf(TypeError);
  return String(error);
};

describe("the endpoint", () => {
  test.each([
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010/v1/access-tokens"],
    ["http://127.0.0.1:4010/", "http://127.0.0.1:4010/v1/access-tokens"],
    ["http://127.0.0.1:4010//", "http://127.0.0.1:4010/v1/access-tokens"],
    ["https://aws.s2.dev", "https://aws.s2.dev/v1/access-tokens"],
    ["HTTPS://A.S2.DEV:443", "https://a.s2.dev/v1/access-tokens"],
    ["http://[::1]:80", "http://[::1]/v1/access-tokens"],
    ["https://a.s2.dev/v1", "https://a.s2.dev/v1/access-tokens"],
    ["https://a.s2.dev/v1/", "https://a.s2.dev/v1/access-tokens"],
    ["https://proxy.example/s2/v2", "https://proxy.example/s2/v2/access-tokens"],
    ["https://proxy.example/s2//", "https://proxy.example/s2/access-tokens"],
    ["https://proxy.example/a%20b", "https://proxy.example/a%20b/access-tokens"],
    ["a.s2.dev", "https://a.s2.dev/v1/access-tokens"],
    ["A.S2.dev.", "https://a.s2.dev./v1/access-tokens"],
    ["a.s2.dev:443", "https://a.s2.dev/v1/access-tokens"],
    ["localhost:8080", "https://localhost:8080/v1/access-tokens"],
    ["127.0.0.1:8080", "https://127.0.0.1:8080/v1/access-tokens"],
    ["[::1]:8080", "https://[::1]:8080/v1/access-tokens"],
    ["s2-lite", "https://s2-lite/v1/access-tokens"],
    ["proxy.example/s2/v2", "https://proxy.example/s2/v2/access-tokens"],
    [" https://a.s2.dev\n", "https://a.s2.dev/v1/access-tokens"],
  ])("%s calls %s", async (endpoint, url) => {
    expect((await request({ accessToken: canary, endpoint })).url).toBe(url);
  });

  test("defaults to the first server of the contract", async () => {
    expect((await request({ accessToken: canary })).url).toBe("https://a.s2.dev/v1/access-tokens");
  });

  test.each([
    ["", '""'],
    [" ", '" "'],
    ["a host", '"a host"'],
    ["localhost:port", '"localhost:port"'],
    ["a.s2.dev?x=1", "one with a query or a fragment"],
    ["user:password@a.s2.dev", "one with credentials"],
    ["ftp://a.s2.dev", '"ftp://a.s2.dev"'],
    ["javascript:alert(1)", '"javascript:alert(1)"'],
    ["file:///etc/passwd", '"file:///etc/passwd"'],
    ["https://", '"https://"'],
    ["https://a.s2.dev?x=1", "one with a query or a fragment"],
    ["https://a.s2.dev/v1#x", "one with a query or a fragment"],
    ["https://user:password@a.s2.dev", "one with credentials"],
    ["https://user@a.s2.dev", "one with credentials"],
    [5, "5"],
    [null, "null"],
  ])("%j is a TypeError", (endpoint, found) => {
    expect(refused({ accessToken: canary, endpoint })).toBe(
      `TypeError: endpoint: expected a URL such as https://a.s2.dev, found ${found}`,
    );
  });

  test.each(["ftp://user:password@a.s2.dev", "user:password@a.s2.dev", "https://user:password@"])(
    "%s: the message does not contain the password",
    (endpoint) => {
      expect(refused({ accessToken: canary, endpoint })).not.toContain("password");
    },
  );
});

describe("an endpoint with http:", () => {
  test.each(["localhost", "127.0.0.1", "127.8.9.1", "[::1]", "s2.localhost"])(
    "is allowed on this machine: %s",
    async (host) => {
      const endpoint = `http://${host}:4010`;
      expect((await request({ accessToken: canary, endpoint })).url).toContain(endpoint);
    },
  );

  test.each([
    ...["a.s2.dev", "10.0.0.1", "192.168.1.5", "localhost.example", "127.0.0.1.example"],
    ...["notlocalhost", "[::2]", "0.0.0.0"],
  ])("is refused on another machine: %s", (host) => {
    expect(refused({ accessToken: canary, endpoint: `http://${host}:4010` })).toMatch(
      /^TypeError: endpoint: .*plain http shows the credential to the network. Use https, or pass allowInsecureHttp: true in code$/,
    );
  });

  test("needs allowInsecureHttp, also from the environment variable", async () => {
    const options = { accessToken: canary, allowInsecureHttp: true };
    const { url } = await request({ ...options, endpoint: "http://proxy.internal" });
    expect(url).toBe("http://proxy.internal/v1/access-tokens");
    process.env["S2_ACCOUNT_ENDPOINT"] = "http://proxy.internal";
    expect((await request(options)).url).toBe("http://proxy.internal/v1/access-tokens");
    expect(refused({ accessToken: canary })).toContain("S2_ACCOUNT_ENDPOINT: ");
  });
});

describe("the access token", () => {
  test("is the bearer token of every call", async () => {
    const { headers } = await request({ accessToken: canary });
    expect(headers.get("authorization")).toBe(`Bearer ${canary}`);
  });

  test("may be a function, which the client calls before each attempt", async () => {
    const tokens = ["first-token", "second-token", "third-token"];
    const { client, seen } = rig(
      (_, number) => (number === 0 ? text(503, "") : json(200, emptyPage)),
      { accessToken: async () => tokens.shift() ?? "", retry: { baseDelay: 0 } },
    );
    await client.accessTokens.list();
    await client.raw.GET("/access-tokens");
    expect(seen.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer first-token",
      "Bearer second-token",
      "Bearer third-token",
    ]);
  });

  test("fails the call with the error of the function, and nothing is sent", async () => {
    const reason = new Error("the vault is closed");
    const { client, seen } = rig(() => json(200, emptyPage), {
      accessToken: () => Promise.reject(reason),
      retry: {},
    });
    expect(await failure(client.accessTokens.list())).toBe(reason);
    expect(seen).toEqual([]);
  });

  test("is checked if a function returns it, and not shown", async () => {
    const { client, seen } = rig(() => json(200, emptyPage), { accessToken: () => `${canary}\n` });
    const error = await failure(client.accessTokens.list());
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("accessToken: expected a token of visible ASCII");
    expect(String(error)).not.toContain(canary);
    expect(seen).toEqual([]);
  });

  test("is required", () => {
    const message =
      "TypeError: accessToken: pass one, or set the environment variable S2_ACCESS_TOKEN";
    expect(refused({})).toBe(message);
    expect(refused(undefined)).toBe(message);
    expect(refused({ accessToken: undefined })).toBe(message);
  });

  test.each([
    "",
    " ",
    `${canary}\n`,
    `${canary}\r\nx-evil: 1`,
    `${canary}\0`,
    `a ${canary}`,
    `é${canary}`,
    5,
    null,
    {},
    [canary],
  ])("%j is a TypeError that does not show it", (accessToken) => {
    const message = refused({ accessToken });
    expect(message).toMatch(
      /^TypeError: accessToken: expected a token of visible ASCII characters without spaces, found /,
    );
    expect(message).not.toContain(canary);
  });
});

describe("a wrong access token", () => {
  test.each([
    ["", "an empty string"],
    [`Bearer ${canary}`, 'the prefix "Bearer": pass the token alone'],
    [`bearer\t${canary}\n`, 'the prefix "Bearer": pass the token alone'],
    [`Authorization: Bearer ${canary}`, 'the prefix "Bearer": pass the token alone'],
    ["Bearer", 'the prefix "Bearer": pass the token alone'],
    [`${canary}\n`, "a line break at the end: trim it"],
    [`${canary}\r\n`, "a line break at the end: trim it"],
    [`${canary}\n `, "white space around it: trim it"],
    [` ${canary}`, "white space around it: trim it"],
    [`${canary}\t`, "white space around it: trim it"],
    [`\ufeff${canary}`, "white space around it: trim it"],
    [`${canary}\n${canary}`, "white space inside it: pass one token"],
    [`${canary} ${canary}`, "white space inside it: pass one token"],
    [`"${canary}"`, "quotation marks around it: remove them"],
    [`'${canary}'`, "quotation marks around it: remove them"],
    [`${canary}\0`, "a character that is not visible ASCII: copy the token again"],
    [`${canary}\u200b`, "a character that is not visible ASCII: copy the token again"],
    [`${canary}…`, "a character that is not visible ASCII: copy the token again"],
    [5, "a value of type number"],
    [null, "a value of type null"],
    [{ canary }, "a value of type object"],
  ])(
    "%j is rejected: the message says what is wrong and what to do, without the token",
    (accessToken, found) => {
      const message = refused({ accessToken });
      expect(message).toBe(
        `TypeError: accessToken: expected a token of visible ASCII characters without spaces, found ${found}`,
      );
      expect(message).not.toContain(canary);
    },
  );

  test.each(["beareR-1", "bearerabc", `"`, "a'b'"])("%j is valid", async (accessToken) => {
    const { headers } = await request({ accessToken });
    expect(headers.get("authorization")).toBe(`Bearer ${accessToken}`);
  });
});

describe("environment variables", () => {
  test("give the token and the endpoint", async () => {
    process.env["S2_ACCESS_TOKEN"] = "from-environment";
    process.env["S2_ACCOUNT_ENDPOINT"] = "http://127.0.0.1:4010";
    const { url, headers } = await request({});
    expect(url).toBe("http://127.0.0.1:4010/v1/access-tokens");
    expect(headers.get("authorization")).toBe("Bearer from-environment");
  });

  test("are overridden by options", async () => {
    process.env["S2_ACCESS_TOKEN"] = "from-environment";
    process.env["S2_ACCOUNT_ENDPOINT"] = "http://127.0.0.1:4010";
    const { url, headers } = await request({ accessToken: canary, endpoint: origin });
    expect(url).toBe(`${origin}/v1/access-tokens`);
    expect(headers.get("authorization")).toBe(`Bearer ${canary}`);
  });

  test("are read when the client is created, not later", async () => {
    process.env["S2_ACCESS_TOKEN"] = "early";
    const { client, seen } = rig(() => json(200, emptyPage), { accessToken: undefined });
    process.env["S2_ACCESS_TOKEN"] = "late";
    await client.accessTokens.list();
    expect(seen[0]?.headers.get("authorization")).toBe("Bearer early");
  });

  test("count as missing if they are empty", async () => {
    process.env["S2_ACCESS_TOKEN"] = "";
    expect(refused({})).toContain("S2_ACCESS_TOKEN");
    process.env["S2_ACCOUNT_ENDPOINT"] = "";
    expect((await request({ accessToken: canary })).url).toContain("https://a.s2.dev/");
  });

  test("are named in the error about a wrong endpoint", () => {
    process.env["S2_ACCOUNT_ENDPOINT"] = "127.0.0.1:port";
    expect(refused({ accessToken: canary })).toMatch(/^TypeError: S2_ACCOUNT_ENDPOINT: expected/);
  });

  test("are named in the error about a wrong token", () => {
    process.env["S2_ACCESS_TOKEN"] = `${canary}\n`;
    expect(refused({})).toMatch(/^TypeError: S2_ACCESS_TOKEN: expected a token/);
  });

  test("count as missing if the platform forbids reading them", async () => {
    const { env } = process;
    const guarded = new Proxy(env, {
      get: () => {
        throw new Error("NotCapable");
      },
    });
    Object.defineProperty(process, "env", { value: guarded, configurable: true, writable: true });
    try {
      expect((await request({ accessToken: canary })).url).toContain("https://a.s2.dev/");
    } finally {
      Object.defineProperty(process, "env", { value: env, configurable: true, writable: true });
    }
  });

  test("S2_BASIN_ENDPOINT has no effect", async () => {
    process.env["S2_BASIN_ENDPOINT"] = "nonsense";
    expect((await request({ accessToken: canary })).url).toContain("https://a.s2.dev/");
  });
});

describe("options as a whole", () => {
  test("an unknown option is a TypeError that lists the known ones, without its value", () => {
    expect(refused({ accesToken: canary })).toBe(
      "TypeError: accesToken: no such option; expected one of accessToken, endpoint, allowInsecureHttp, fetch, headers, userAgent, hooks, retry, timeouts, maxResponseBytes",
    );
    expect(refused({ accessToken: canary, baseUrl: origin })).toContain("baseUrl: no such option");
  });

  test.each([null, "token", 5])("%j is a TypeError", (options) => {
    expect(refused(options)).toContain("options: expected an object");
  });

  test.each([
    [{ hooks: null }, "hooks: expected an object"],
    [
      { hooks: { requests: () => {} } },
      "hooks.requests: no such option; expected one of request, ",
    ],
    [{ hooks: { retry: true } }, "hooks.retry: expected a function"],
    [{ retry: true }, "retry: expected an object"],
    [{ retry: { attempts: 0 } }, "retry.attempts: expected a whole number of at least 1"],
    [{ retry: { attempts: 1.5 } }, "retry.attempts: expected a whole number of at least 1"],
    [{ retry: [] }, "retry: expected an object"],
    [{ timeouts: [] }, "timeouts: expected an object"],
    [{ hooks: [] }, "hooks: expected an object"],
    [{ retry: { attempts: Number.NaN } }, "retry.attempts: expected a whole number of at least 1"],
    [
      { retry: { tries: 2 } },
      "retry.tries: no such option; expected one of attempts, baseDelay, maxDelay",
    ],
    [{ retry: { baseDelay: -1 } }, "retry.baseDelay: expected a number of at least 0"],
    [{ timeouts: 5 }, "timeouts: expected an object"],
    [{ timeouts: { total: 0 } }, "timeouts.total: expected a number of at least 1"],
    [{ timeouts: { attempt: "5s" } }, "timeouts.attempt: expected a number of at least 1"],
    [{ allowInsecureHttp: "yes" }, "allowInsecureHttp: expected a boolean"],
    [{ userAgent: "a\nb" }, 'userAgent: "user-agent" is not a valid header'],
    [{ userAgent: 5 }, 'userAgent: "user-agent": expected a string'],
  ])("%j is a TypeError that names what is wrong", (options, message) => {
    expect(refused({ accessToken: canary, ...options })).toContain(`TypeError: ${message}`);
  });

  test.each([null, "fetch", {}])("%j for fetch is a TypeError", (fetch) => {
    expect(refused({ accessToken: canary, fetch })).toContain("fetch: expected a function");
  });
});

describe("headers", () => {
  test("contain the user agent option, and the call's headers override it", async () => {
    const { client, seen } = rig(() => json(200, emptyPage), { userAgent: "billing/1.2" });
    await client.accessTokens.list();
    await client.accessTokens.list({}, { headers: { "User-Agent": "billing/1.2 nightly" } });
    expect(seen.map(({ headers }) => headers.get("user-agent"))).toEqual([
      "billing/1.2",
      "billing/1.2 nightly",
    ]);
  });

  test("of the client and of the call are sent; the call's override, whatever their case", async () => {
    const { client, seen } = rig(() => json(200, emptyPage), {
      headers: { "X-App": "app", "X-Both": "client" },
    });
    await client.accessTokens.list({}, { headers: { "x-both": "call", "x-call": "1" } });
    await client.accessTokens.list();
    const [first, second] = seen.map(({ headers }) =>
      ["x-app", "x-both", "x-call"].map((name) => headers.get(name)),
    );
    expect(first).toEqual(["app", "call", "1"]);
    expect(second).toEqual(["app", "client", null]);
  });

  test("of the raw client cannot set Authorization", async () => {
    const { client, seen } = rig(() => json(200, emptyPage));
    await client.raw.GET("/access-tokens", { headers: { authorization: "Basic eDp5" } });
    expect(seen.map(({ headers }) => headers.get("authorization"))).toEqual([`Bearer ${canary}`]);
  });

  test.each(["authorization", "AUTHORIZATION", "Content-Type"])(
    "%s is set by the client, and a TypeError here",
    async (name) => {
      const headers = { [name]: "Bearer of-another" };
      const words = `headers: ${JSON.stringify(name)} cannot be set here`;
      expect(refused({ accessToken: canary, headers })).toBe(`TypeError: ${words}`);
      const { client, seen } = rig(() => json(200, emptyPage));
      const error = await failure(client.accessTokens.list({}, { headers }));
      expect(String(error)).toBe(`TypeError: accessTokens.list: options.${words}`);
      expect(seen).toEqual([]);
    },
  );

  test.each([new Headers({ "x-a": "b" }), new Map([["x-a", "b"]]), [["x-a", "b"]]])(
    "%o is not a plain object and would not be sent: a TypeError",
    async (headers) => {
      const words = "headers: expected a plain object of strings";
      expect(refused({ accessToken: canary, headers })).toBe(`TypeError: ${words}`);
      const { client } = rig(() => json(200, emptyPage));
      const error = await failure(client.accessTokens.list({}, untyped({ headers })));
      expect(String(error)).toContain(words);
    },
  );

  test.each([{ "x y": "1" }, { x: "a\nb" }, { x: "日" }])(
    "%j is a TypeError when the client is created",
    (headers) => {
      expect(refused({ accessToken: canary, headers })).toContain("headers");
    },
  );

  test("contain Content-Type only with a body", async () => {
    const { client, seen } = rig((_, number) =>
      number === 0
        ? json(200, emptyPage)
        : number === 1
          ? json(201, { access_token: "secret" })
          : new Response(null, { status: 204 }),
    );
    await client.accessTokens.list();
    await client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } });
    await client.accessTokens.revoke({ id: "a" });
    expect(seen.map(({ headers }) => headers.get("content-type"))).toEqual([
      null,
      "application/json",
      null,
    ]);
  });
});

describe("options of a call", () => {
  test.each([
    [{ timeout: 5 }, "timeout"],
    [{ abortSignal: new AbortController().signal }, "abortSignal"],
    [{ retries: 1 }, "retries"],
  ])("%o", async (options, name) => {
    const { client, seen } = rig(() => json(200, emptyPage));
    const error = await failure(client.accessTokens.list({}, untyped(options)));
    expect(String(error)).toBe(
      `TypeError: accessTokens.list: options.${name}: no such option; expected one of signal, headers, retry, timeouts, maxResponseBytes`,
    );
    expect(seen).toEqual([]);
  });
});

describe("fetch", () => {
  test("is the platform's fetch at the time of the call", async () => {
    const own = globalThis.fetch;
    const client = new S2({ accessToken: canary, endpoint: origin });
    try {
      globalThis.fetch = async () => json(200, { ...emptyPage, has_more: true });
      expect((await client.accessTokens.list()).hasMore).toBe(true);
    } finally {
      globalThis.fetch = own;
    }
  });

  test("is also used by the raw client", async () => {
    const { client, seen } = rig(() => text(200, JSON.stringify(emptyPage)));
    const { data } = await client.raw.GET("/access-tokens", { params: { query: { limit: 3 } } });
    expect(data).toEqual(emptyPage);
    expect(seen[0]?.url).toBe(`${origin}/v1/access-tokens?limit=3`);
  });
});
