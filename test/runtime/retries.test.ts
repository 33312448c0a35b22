import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type ApiError,
  errorCodes,
  isApiError,
  NotFoundError,
  type RetryEvent,
  type S2,
  type S2Options,
  TransportError,
} from "../../src/index.js";
import { emptyPage, failure, json, type Rig, rig, text } from "./harness.js";

type Name = "list" | "issue" | "revoke";
const calls: { readonly [Key in Name]: (client: S2) => Promise<unknown> } = {
  list: (client: S2) => client.accessTokens.list(),
  issue: (client: S2) => client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } }),
  revoke: (client: S2) => client.accessTokens.revoke({ id: "a" }),
};
const names: readonly Name[] = ["list", "issue", "revoke"];

const successes: { readonly [Key in Name]: () => Response } = {
  list: () => json(200, emptyPage),
  issue: () => json(201, { access_token: "issued-secret" }),
  revoke: () => new Response(null, { status: 204 }),
};

const fails = (code: string, status: number, headers = {}): Response =>
  json(status, { code, message: "No." }, headers);

/** A client with the default policy whose waits are skipped, and the retries it tells of. */
function retrying(
  answer: (number: number) => Response | Promise<Response>,
  options: S2Options = {},
): Rig & { readonly retries: RetryEvent[] } {
  const retries: RetryEvent[] = [];
  const hooks = { retry: (event: RetryEvent): number => retries.push(event) };
  return {
    ...rig((_, number) => answer(number), { retry: undefined, hooks, ...options }),
    retries,
  };
}

/** Lets a promise settle, however long it waits. */
async function settled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  await vi.runAllTimersAsync();
  return promise;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the client retries", () => {
  test("the error codes that are retryable, if a retry is safe", async () => {
    const attempts: Record<string, Record<string, number>> = {};
    for (const [code, { status }] of Object.entries(errorCodes)) {
      attempts[code] = {};
      for (const name of names) {
        const { client, seen } = retrying(() => fails(code, status));
        await settled(failure(calls[name](client)));
        attempts[code][name] = seen.length;
      }
    }
    const once = { list: 1, issue: 1, revoke: 1 };
    const always = { list: 3, issue: 3, revoke: 3 };
    const unlessIssue = { list: 3, issue: 1, revoke: 3 };
    expect(attempts).toEqual({
      bad_header: once,
      bad_json: once,
      bad_path: once,
      bad_query: once,
      authn: once,
      permission_denied: once,
      quota_exhausted: once,
      access_token_not_found: once,
      request_timeout: unlessIssue,
      resource_already_exists: once,
      transaction_conflict: always,
      invalid: once,
      rate_limited: always,
      other: unlessIssue,
      storage: unlessIssue,
      not_implemented: once,
      hot_server: always,
      server_draining: always,
      unavailable: unlessIssue,
      upstream_timeout: unlessIssue,
    });
  });

  test.each([
    [503, "a_new_code", { list: 3, issue: 1, revoke: 3 }],
    [429, "a_new_code", { list: 3, issue: 1, revoke: 3 }],
    [418, "a_new_code", { list: 1, issue: 1, revoke: 1 }],
    [400, "hot_server", { list: 1, issue: 1, revoke: 1 }],
  ])("a %i with the code of another status, %s, by its status code", async (status, code, want) => {
    for (const name of names) {
      const { client, seen } = retrying(() => fails(code, status));
      await settled(failure(calls[name](client)));
      expect(seen).toHaveLength(want[name]);
    }
  });

  test.each(names)("%s: until it succeeds after two failures", async (name) => {
    const { client, seen, retries } = retrying((number) =>
      number < 2 ? fails("rate_limited", 429) : successes[name](),
    );
    await settled(calls[name](client));
    expect(seen).toHaveLength(3);
    expect(retries.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(new Set(seen.map((one) => `${one.method} ${one.url} ${one.body}`)).size).toBe(1);
  });
});

describe("a request that did not reach the server", () => {
  const refused = (code: string): Error =>
    new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"])(
    "%s: is retried, even an issue",
    async (code) => {
      for (const name of names) {
        const { client, seen } = retrying(() => Promise.reject(refused(code)));
        const error = await settled(failure(calls[name](client)));
        expect(error).toBeInstanceOf(TransportError);
        expect(error).toMatchObject({ outcome: "none", retryable: true });
        expect(seen).toHaveLength(3);
      }
    },
  );

  test.each([
    ["Bun", Object.assign(new Error("Unable to connect."), { code: "ConnectionRefused" })],
    ["Deno", new TypeError("error sending request for url: client error (Connect): tcp connect")],
  ])("as %s says it", async (_, reason) => {
    const { client, seen } = retrying(() => Promise.reject(reason));
    await settled(failure(calls.issue(client)));
    expect(seen).toHaveLength(3);
  });

  test.each(["ECONNRESET", "UND_ERR_SOCKET", "EPIPE", "ETIMEDOUT"])(
    "%s: it may have reached the server, so an issue is not retried",
    async (code) => {
      const attempts: number[] = [];
      for (const name of names) {
        const { client, seen } = retrying(() => Promise.reject(refused(code)));
        await settled(failure(calls[name](client)));
        attempts.push(seen.length);
      }
      expect(attempts).toEqual([3, 1, 3]);
    },
  );

  test("does not include a redirect, which a retry would get again", async () => {
    const redirect = Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" });
    const { client, seen } = retrying(() => redirect);
    const error = await settled(failure(calls.list(client)));
    expect(error).toBeInstanceOf(TransportError);
    expect(seen).toHaveLength(1);
  });
});

describe("issue", () => {
  test("is not retried after a 500: the token may exist, and a 409 would hide that", async () => {
    const { client, seen } = retrying((number) =>
      number === 0 ? fails("other", 500) : fails("resource_already_exists", 409),
    );
    const error = await settled(failure(calls.issue(client)));
    expect(seen).toHaveLength(1);
    expect(error).toMatchObject({ status: 500, outcome: "unknown", retryable: true });
  });

  test("is not retried if its response broke off: it was applied", async () => {
    const { client, seen } = retrying(() => {
      const body = new ReadableStream({
        start: (controller) => controller.error(new Error("broken off")),
      });
      return new Response(body, { status: 201, headers: { "content-type": "application/json" } });
    });
    const error = await settled(failure(calls.issue(client)));
    expect(seen).toHaveLength(1);
    expect(error).toMatchObject({ name: "TransportError", outcome: "applied" });
  });
});

describe("revoke", () => {
  const notFound = (): Response => fails("access_token_not_found", 404);

  test.each([
    ["a 500", () => fails("other", 500)],
    ["a lost connection", () => Promise.reject(new Error("reset"))],
  ])("that finds nothing after %s has done what was asked", async (_, first) => {
    const { client, seen } = retrying((number) => (number === 0 ? first() : notFound()));
    await expect(settled(calls.revoke(client))).resolves.toBeUndefined();
    expect(seen).toHaveLength(2);
  });

  test("that gets a 404 after an error without effect is a NotFoundError", async () => {
    const { client } = retrying((number) =>
      number === 0 ? fails("rate_limited", 429) : notFound(),
    );
    const error = await settled(failure(calls.revoke(client)));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ outcome: "none" });
  });

  test("that gets a 404 at once is a NotFoundError", async () => {
    const { client, seen } = retrying(notFound);
    expect(await settled(failure(calls.revoke(client)))).toBeInstanceOf(NotFoundError);
    expect(seen).toHaveLength(1);
  });

  test("that gets a 404 from a proxy is not a success", async () => {
    const { client } = retrying((number) =>
      number === 0 ? fails("other", 500) : text(404, "<h1>Not here</h1>"),
    );
    expect(await settled(failure(calls.revoke(client)))).toBeInstanceOf(NotFoundError);
  });

  test("that is rejected after an attempt with unknown outcome has an unknown outcome", async () => {
    const { client } = retrying((number) =>
      number === 0 ? fails("other", 500) : fails("permission_denied", 403),
    );
    const error = await settled(failure(calls.revoke(client)));
    expect(error).toMatchObject({ status: 403, outcome: "unknown" });
  });
});

describe("delays", () => {
  const delays = async (policy: S2Options, answer: () => Response): Promise<readonly number[]> => {
    const { client, retries } = retrying(answer, policy);
    await settled(failure(calls.list(client)));
    return retries.map(({ delay }) => delay);
  };
  const limited = (): Response => fails("rate_limited", 429);

  test("double from 100 ms to 1 s, plus up to 100% of jitter", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(await delays({}, limited)).toEqual([100, 200]);
    const many = { retry: { attempts: 6 } };
    expect(await delays(many, limited)).toEqual([100, 200, 400, 800, 1000]);
    vi.mocked(Math.random).mockReturnValue(0.5);
    expect(await delays({}, limited)).toEqual([150, 300]);
  });

  test("follow the retry option", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const retry = { attempts: 4, baseDelay: 10, maxDelay: 15 };
    expect(await delays({ retry }, limited)).toEqual([10, 15, 15]);
    expect(await delays({ retry: { baseDelay: 0 } }, limited)).toEqual([0, 0]);
  });

  test.each([
    [{ "retry-after-ms": "1234" }, 1234],
    [{ "retry-after-ms": "0" }, 0],
    [{ "retry-after": "2" }, 2000],
    [{ "retry-after-ms": "7", "retry-after": "2" }, 7],
    [{ "retry-after": "Thu, 01 Jan 2099 00:00:03 GMT" }, 3000],
    [{ "retry-after": "Thu, 01 Jan 1970 00:00:03 GMT" }, 0],
  ])("follow the response headers: %j", async (headers, want) => {
    vi.setSystemTime("2099-01-01T00:00:00Z");
    const [first] = await delays({ retry: { attempts: 2 } }, () =>
      fails("rate_limited", 429, headers),
    );
    expect(first).toBe(want);
  });

  test.each([
    { "retry-after-ms": "-5" },
    { "retry-after-ms": "1.5" },
    { "retry-after": "soon" },
    { "retry-after": "-5" },
    { "retry-after": "1.5" },
    { "retry-after": "soon 3" },
  ])("ignore invalid response headers: %j", async (headers) => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(await delays({}, () => fails("rate_limited", 429, headers))).toEqual([100, 200]);
  });

  test("longer than the total timeout fail the call at once", async () => {
    const { client, seen } = retrying(() =>
      fails("rate_limited", 429, { "retry-after-ms": "30000" }),
    );
    const error = await failure(calls.list(client));
    expect(isApiError(error) && error.headers.get("retry-after-ms")).toBe("30000");
    expect(seen).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("longer than a timer can wait fail the call at once, even without a total timeout", async () => {
    const { client, seen } = retrying(
      () => fails("rate_limited", 429, { "retry-after-ms": "99999999999" }),
      { timeouts: { total: Number.POSITIVE_INFINITY } },
    );
    expect(isApiError(await failure(calls.list(client)))).toBe(true);
    expect(seen).toHaveLength(1);
  });

  test("end at once on abort, with its reason", async () => {
    const controller = new AbortController();
    const { client, seen } = retrying(limited, { retry: { baseDelay: 900 } });
    const error = failure(client.accessTokens.list({}, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(10);
    controller.abort("enough");
    expect(await error).toBe("enough");
    expect(seen).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the retry option", () => {
  const limited = (): Response => fails("rate_limited", 429);

  test.each([
    [{ retry: false } as const, 1],
    [{ retry: { attempts: 1 } }, 1],
    [{ retry: { attempts: 5 } }, 5],
    [{ retry: { attempts: undefined } }, 3],
    [{}, 3],
  ])("%j makes %i attempts, for a client and for a call", async (options, want) => {
    const ofClient = retrying(limited, options);
    await settled(failure(calls.list(ofClient.client)));
    expect(ofClient.seen).toHaveLength(want);
    const ofCall = retrying(limited);
    await settled(failure(ofCall.client.accessTokens.list({}, options)));
    expect(ofCall.seen).toHaveLength(want);
  });

  test("of a call overrides only what it names", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { client, retries } = retrying(limited, { retry: { baseDelay: 7 } });
    await settled(failure(client.accessTokens.list({}, { retry: { attempts: 4 } })));
    expect(retries.map(({ delay }) => delay)).toEqual([7, 14, 28]);
  });

  test("applies to every page of listAll", async () => {
    const { client, seen } = retrying(limited);
    const walk = client.accessTokens.listAll({}, { retry: false })[Symbol.asyncIterator]();
    await settled(failure(walk.next()));
    expect(seen).toHaveLength(1);
  });

  test("gives the retry hook the error of the attempt", async () => {
    const { client, retries } = retrying(limited, { retry: { attempts: 2 } });
    await settled(failure(calls.revoke(client)));
    const [event] = retries;
    expect(event).toMatchObject({ operation: "revoke_access_token", attempt: 1 });
    const error: Partial<ApiError> = event?.error ?? {};
    expect(error).toMatchObject({ name: "TooManyRequestsError", status: 429 });
  });
});
