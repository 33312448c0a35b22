/** What is said of a call that may have been applied, and that nothing is sent for one that is over. */
import { describe, expect, test } from "vitest";
import { S2, type S2Options } from "../../src/index.js";
import { fetchOf } from "../fetch-of.js";
import { canary, failure, json, listed, origin, rig, text } from "./harness.js";

const input = { id: "a", scope: { ops: ["read"] } } as const;
const secret = (): Response => json(201, { access_token: "secret" });
const reset = (): Promise<Response> => Promise.reject(new Error("reset"));
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
const impatient: S2Options = { timeouts: { attempt: 150 }, retry: { attempts: 2, baseDelay: 0 } };

describe("an attempt that has ended sends nothing", () => {
  /** Waits longer than an attempt may take, the first time. */
  const slowOnce = (): (() => Promise<void>) => {
    let first = true;
    return async () => {
      if (!first) return;
      first = false;
      await pause(300);
    };
  };

  test("if the credential comes too late", async () => {
    const wait = slowOnce();
    const accessToken = async (): Promise<string> => {
      await wait();
      return canary;
    };
    const { client, seen } = rig(secret, { ...impatient, accessToken });
    await client.accessTokens.issue(input);
    await pause(350);
    expect(seen).toHaveLength(1);
  });

  test("if middleware takes too long", async () => {
    const wait = slowOnce();
    const { client, seen } = rig(secret, impatient);
    client.raw.use({ onRequest: wait });
    await client.accessTokens.issue(input);
    await pause(350);
    expect(seen).toHaveLength(1);
  });

  test("if a hook aborts it, and later hooks get no request event", async () => {
    const controller = new AbortController();
    const told: string[] = [];
    const { client, seen } = rig(secret, {
      hooks: {
        request: () => controller.abort("enough"),
        response: () => told.push("response"),
        error: ({ error }) => told.push(`error ${error}`),
      },
    });
    const { signal } = controller;
    expect(await failure(client.accessTokens.issue(input, { signal }))).toBe("enough");
    await pause(0);
    expect(seen).toEqual([]);
    expect(told).toEqual(["error enough"]);
  });

  test("if it is aborted between two attempts", async () => {
    const controller = new AbortController();
    const { client, seen } = rig(() => text(503, ""), {
      retry: { attempts: 2, baseDelay: 0 },
      hooks: { retry: () => queueMicrotask(() => controller.abort("enough")) },
    });
    const { signal } = controller;
    expect(await failure(client.accessTokens.list({}, { signal }))).toBe("enough");
    expect(seen).toHaveLength(1);
  });
});

describe("an unusual result of the fetch option", () => {
  const circle = new Error("circle");
  circle.cause = circle;
  test.each<[string, () => unknown]>([
    ["nothing", () => undefined],
    ["null", () => null],
    ["an empty object", () => ({})],
    ["a number", () => 5],
    ["headers that cannot be listed", () => ({ status: 500, headers: { get: () => null } })],
    ["a status without the rest", () => ({ status: 201, headers: new Headers() })],
    ["an error that is its own cause", () => Promise.reject(circle)],
    ["an object without a prototype", () => Promise.reject(Object.create(null))],
    [
      "a stack that is no text",
      () => Promise.reject(Object.assign(new Error("e"), { stack: [1] })),
    ],
    ["a symbol", () => Promise.reject(Symbol("s"))],
    [
      "an exception",
      () => {
        throw new Error("at once");
      },
    ],
  ])("%s: it may have been sent", async (_, give) => {
    let posts = 0;
    const fetch = (() => {
      posts += 1;
      return give();
    }) as typeof globalThis.fetch;
    const client = new S2({ accessToken: canary, endpoint: origin, fetch });
    const error = await failure(client.accessTokens.issue(input));
    expect(error).toMatchObject({ name: "TransportError", outcome: "unknown" });
    expect(posts).toBe(1);
  });

  test.each<[string, object]>([
    ["without a reason phrase", {}],
    ["whose reason phrase is a number", { statusText: 5 }],
    [
      "with headers that HTTP does not know",
      {
        headers: new Map([
          ["bad name", "x"],
          ["a", 5 as never],
        ]),
      },
    ],
  ])("an answer by hand %s is an answer", async (_, more) => {
    const answer = {
      ok: false,
      status: 500,
      headers: new Headers(),
      text: async () => "",
      ...more,
    };
    const client = new S2({
      accessToken: canary,
      endpoint: origin,
      fetch: async () => answer as unknown as Response,
    });
    expect(await failure(client.accessTokens.issue(input))).toMatchObject({
      name: "InternalServerError",
      outcome: "unknown",
    });
  });

  test("a body that is nested too deeply is still a response", async () => {
    const body = "[".repeat(5000) + "]".repeat(5000);
    const { client } = rig(() => text(500, body));
    expect(await failure(client.accessTokens.issue(input))).toMatchObject({
      name: "InternalServerError",
      body: "a body that is nested too deeply to be shown",
    });
  });

  test("a credential of digits that the body has as a number causes no SyntaxError", async () => {
    const accessToken = "1234567890";
    const { client } = rig(() => json(500, { code: "other", id: 1_234_567_890 }), { accessToken });
    const error = await failure(client.accessTokens.list());
    expect(error).toMatchObject({ name: "InternalServerError", status: 500 });
    expect(JSON.stringify(error)).not.toContain(accessToken);
  });
});

describe("the error of another call", () => {
  /** A client whose every call is refused as `revoke` is for an unknown id. */
  const other = (): S2 =>
    rig(() => json(404, { code: "access_token_not_found", message: "Not found" })).client;

  test("thrown by the accessToken function does not decide this call's outcome", async () => {
    let asked = 0;
    const accessToken = async (): Promise<string> => {
      asked += 1;
      if (asked > 1) await other().accessTokens.revoke({ id: "x" });
      return canary;
    };
    const { client, seen } = rig(() => text(503, ""), {
      accessToken,
      retry: { attempts: 3, baseDelay: 0 },
    });
    const error = await failure(client.accessTokens.revoke({ id: "y" }));
    expect(error).toMatchObject({ name: "NotFoundError" });
    expect(seen).toHaveLength(1);
  });

  test("thrown by the accessToken function is not retried", async () => {
    let posts = 0;
    const root = new S2({
      accessToken: canary,
      endpoint: origin,
      retry: false,
      fetch: fetchOf(() => {
        posts += 1;
        return json(500, { code: "other", message: "no" });
      }),
    });
    const accessToken = async (): Promise<string> =>
      (await root.accessTokens.issue(input)).accessToken;
    const { client } = rig(secret, { accessToken, retry: { attempts: 3, baseDelay: 0 } });
    expect(await failure(client.accessTokens.list())).toMatchObject({
      operation: "issue_access_token",
    });
    expect(posts).toBe(1);
  });

  test("as the reason of an abort does not make it a success", async () => {
    const controller = new AbortController();
    const reason = await failure(other().accessTokens.revoke({ id: "x" }));
    const { client } = rig(
      (_, number) => {
        if (number === 1) controller.abort(reason);
        return text(503, "");
      },
      { retry: { attempts: 3, baseDelay: 0 } },
    );
    const { signal } = controller;
    expect(await failure(client.accessTokens.revoke({ id: "y" }, { signal }))).toBe(reason);
  });
});

describe("middleware does not decide the outcome", () => {
  test.each([
    [429, "rate_limited"],
    [403, "permission_denied"],
  ])("by responding with %i after a lost connection", async (status, code) => {
    const { client, seen } = rig(reset, { retry: { attempts: 3, baseDelay: 0 } });
    client.raw.use({ onError: () => json(status, { code, message: "x" }) });
    const error = await failure(client.accessTokens.issue(input));
    expect(error).toMatchObject({ status, code, outcome: "unknown" });
    expect(seen).toHaveLength(1);
  });

  test("by replacing a success by an error", async () => {
    const { client } = rig(secret);
    client.raw.use({ onResponse: () => json(403, { code: "permission_denied", message: "x" }) });
    const error = await failure(client.accessTokens.issue(input));
    expect(error).toMatchObject({ status: 403, outcome: "applied" });
  });

  test("except by responding before anything is sent, or with the same status code", async () => {
    const early = rig(secret);
    const refusal = (): Response => json(403, { code: "permission_denied", message: "x" });
    early.client.raw.use({ onRequest: refusal });
    expect(await failure(early.client.accessTokens.issue(input))).toMatchObject({
      outcome: "none",
    });
    expect(early.seen).toEqual([]);
    const late = rig(refusal);
    late.client.raw.use({ onResponse: refusal });
    expect(await failure(late.client.accessTokens.issue(input))).toMatchObject({ outcome: "none" });
  });

  test("and does not get the access token", async () => {
    const tokens: (string | null)[] = [];
    const see = ({ request }: { readonly request: Request }): void => {
      tokens.push(request.headers.get("authorization"));
    };
    const { client, seen } = rig((_, number) =>
      number < 2 ? json(200, { access_tokens: [listed("a")], has_more: false }) : reset(),
    );
    client.raw.use({ onRequest: see, onResponse: see, onError: see });
    await client.accessTokens.list();
    await client.raw.GET("/access-tokens");
    await failure(client.accessTokens.list());
    expect(tokens).toEqual(Array(6).fill(null));
    expect(seen.map(({ headers }) => headers.get("authorization"))).toEqual(
      Array(3).fill(`Bearer ${canary}`),
    );
  });
});

describe("a success whose body does not arrive", () => {
  /** The head of an answer, and a body that breaks off or stalls. */
  const begun = (status: number, end: "breaks" | "stalls"): Response =>
    new Response(
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode('{"access'));
          if (end === "breaks") controller.error(new Error("terminated"));
        },
      }),
      { status },
    );

  test("breaks off: it was applied, and is not retryable", async () => {
    const { client } = rig(() => begun(201, "breaks"));
    expect(await failure(client.accessTokens.issue(input))).toMatchObject({
      name: "TransportError",
      outcome: "applied",
      retryable: false,
    });
  });

  test("stalls: it was applied, too", async () => {
    const { client } = rig(() => begun(201, "stalls"), impatient);
    expect(await failure(client.accessTokens.issue(input))).toMatchObject({
      name: "TimeoutError",
      outcome: "applied",
      retryable: false,
    });
  });

  test("of a listing, which changes nothing: it is retryable", async () => {
    const { client } = rig(() => begun(200, "breaks"));
    expect(await failure(client.accessTokens.list())).toMatchObject({
      outcome: "none",
      retryable: true,
    });
  });
});

describe("a connection that failed", () => {
  const nodeError = (facts: object): TypeError =>
    new TypeError("fetch failed", { cause: Object.assign(new Error("no"), facts) });
  test.each([
    [{ code: "EHOSTUNREACH", syscall: "connect" }, true],
    [{ code: "ENETUNREACH", syscall: "connect" }, true],
    [{ code: "ETIMEDOUT", syscall: "connect" }, true],
    [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, false],
    [{ code: "CERT_HAS_EXPIRED" }, false],
    [{ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, false],
    [{ code: "ERR_TLS_CERT_ALTNAME_INVALID" }, false],
    [{ message: "bad port" }, false],
  ])("%j: nothing was applied, and it is retryable: %s", async (facts, retryable) => {
    const { client, seen } = rig(() => Promise.reject(nodeError(facts)), {
      retry: { attempts: 2, baseDelay: 0 },
    });
    expect(await failure(client.accessTokens.issue(input))).toMatchObject({
      outcome: "none",
      retryable,
    });
    expect(seen).toHaveLength(retryable ? 2 : 1);
  });

  test("a request whose connection was lost may have been applied", async () => {
    const lost = nodeError({ code: "ECONNRESET", syscall: "read" });
    const { client } = rig(() => Promise.reject(lost));
    expect(await failure(client.accessTokens.issue(input))).toMatchObject({ outcome: "unknown" });
  });
});

test("the class and the name of an error are kept", async () => {
  const aborted = Object.assign(new DOMException("aborted because", "AbortError"), { request: {} });
  const { client } = rig(() => Promise.reject(aborted));
  const error = await failure(client.accessTokens.list());
  expect(error).toMatchObject({
    cause: { name: "AbortError", message: "aborted because", code: 20 },
  });
  const failed = Object.assign(new TypeError("failed"), { request: {} });
  const other = rig(() => Promise.reject(failed)).client;
  const { cause }: { readonly cause?: unknown } = Object(await failure(other.accessTokens.list()));
  expect(cause).toBeInstanceOf(TypeError);
  expect(cause).not.toHaveProperty("request");
});

test("the outcome of a call is that of its most uncertain attempt", async () => {
  const { client } = rig((_, number) => (number === 0 ? broken() : text(503, "")), {
    retry: { attempts: 2, baseDelay: 0 },
  });
  expect(await failure(client.accessTokens.revoke({ id: "a" }))).toMatchObject({
    name: "ServiceUnavailableError",
    outcome: "applied",
  });
});

/** A success whose body breaks off. */
function broken(): Response {
  const body = new ReadableStream({ start: (controller) => controller.error(new Error("cut")) });
  return new Response(body, { status: 200 });
}

describe("if the thread is blocked", () => {
  /** Keeps it so, as a long computation does. */
  const keepBusy = (milliseconds: number): void => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  };
  const limited = json(429, { code: "rate_limited", message: "later" });

  test("beyond the total timeout between two attempts, nothing more is sent", async () => {
    const { client, seen } = rig((_, number) => (number === 0 ? limited : secret()), {
      timeouts: { total: 60 },
      retry: { baseDelay: 0 },
      hooks: { retry: () => keepBusy(90) },
    });
    expect(await failure(client.accessTokens.issue(input))).toMatchObject({
      name: "TimeoutError",
      which: "total",
      outcome: "none",
    });
    expect(seen).toHaveLength(1);
  });

  test("beyond the total timeout before the request, nothing is sent", async () => {
    const { client, seen } = rig(secret, {
      timeouts: { total: 30 },
      hooks: { request: () => keepBusy(60) },
    });
    expect(await failure(client.accessTokens.issue(input))).toMatchObject({
      name: "TimeoutError",
      outcome: "none",
    });
    expect(seen).toEqual([]);
  });
});

test("middleware that consumes the body has sent nothing", async () => {
  const { client, seen } = rig(secret);
  client.raw.use({
    onRequest: async ({ request }) => {
      await request.text();
    },
  });
  expect(await failure(client.accessTokens.issue(input))).toMatchObject({
    name: "TransportError",
    outcome: "none",
    retryable: false,
  });
  expect(seen).toEqual([]);
});

test("an error without a secret is not changed", async () => {
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", errno: -104 });
  const reason = new TypeError("fetch failed", { cause });
  const { client } = rig(() => Promise.reject(reason));
  expect(await failure(client.accessTokens.list())).toMatchObject({ cause: reason });
});
