import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isCallError, type S2, TimeoutError, TransportError } from "../../src/index.js";
import { canary, emptyPage, failure, json, listen, type Rig, rig, text } from "./harness.js";

const never = new Promise<never>(() => {});

const calls: readonly (readonly [string, string, (client: S2) => Promise<unknown>])[] = [
  ["list_access_tokens", "none", (client) => client.accessTokens.list()],
  [
    "issue_access_token",
    "unknown",
    (client) => client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } }),
  ],
  ["revoke_access_token", "unknown", (client) => client.accessTokens.revoke({ id: "a" })],
];

/** A client whose requests are never answered, by a `fetch` that takes no notice of its signal. */
function deaf(options: Parameters<typeof rig>[1] = {}): Rig {
  return rig(() => never, options);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** How long a promise takes to reject, and with what. */
async function timed(promise: Promise<unknown>): Promise<{ error: unknown; ms: number }> {
  const start = Date.now();
  const end = failure(promise).then((error) => ({ error, ms: Date.now() - start }));
  await vi.runAllTimersAsync();
  return end;
}

describe("an attempt without a response", () => {
  test.each(calls)("%s ends after 10 s, outcome %s", async (operation, outcome, call) => {
    const { error, ms } = await timed(call(deaf().client));
    expect(ms).toBe(10_000);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      name: "TimeoutError",
      message: expect.stringMatching(
        /^accessTokens\.\w+: the attempt took longer than its 10000 ms$/,
      ),
      operation,
      outcome,
      which: "attempt",
      limit: 10_000,
      retryable: true,
    });
    expect(isCallError(error) && error.code).toBeUndefined();
  });

  test("is retried if that is safe; an issue is not", async () => {
    const attempts: number[] = [];
    for (const [, , call] of calls) {
      const { client, seen } = deaf({ retry: {}, timeouts: { attempt: 100 } });
      await timed(call(client));
      attempts.push(seen.length);
    }
    expect(attempts).toEqual([3, 1, 3]);
  });

  test("aborts its fetch with the TimeoutError as the reason", async () => {
    const signals: AbortSignal[] = [];
    const { client } = rig((request) => {
      signals.push(request.signal);
      return never;
    });
    const { error } = await timed(client.accessTokens.list({}, { timeouts: { attempt: 5 } }));
    expect(signals[0]?.aborted).toBe(true);
    expect(signals[0]?.reason).toBe(error);
  });

  test("has a timeout that includes reading the body", async () => {
    const { client } = rig(() => new Response(new ReadableStream({}), { status: 200 }));
    const { error, ms } = await timed(client.accessTokens.list({}, { timeouts: { attempt: 50 } }));
    expect(error).toMatchObject({ which: "attempt", limit: 50 });
    expect(ms).toBe(50);
  });

  test('has the outcome "none" while it waits for the credential', async () => {
    const { client, seen } = rig(() => never, { accessToken: () => never });
    const { error } = await timed(client.accessTokens.revoke({ id: "a" }));
    expect(error).toMatchObject({ which: "attempt", outcome: "none" });
    expect(seen).toEqual([]);
  });
});

describe("a call as a whole", () => {
  test("ends after 30 s, even during an attempt", async () => {
    const { client, seen } = deaf({ retry: { attempts: 9, baseDelay: 0 } });
    const { error, ms } = await timed(client.accessTokens.list());
    expect(ms).toBe(30_000);
    expect(seen).toHaveLength(3);
    expect(error).toMatchObject({ name: "TimeoutError" });
  });

  test("says which timeout expired", async () => {
    const { client } = deaf({ timeouts: { attempt: 100, total: 60 } });
    const { error, ms } = await timed(client.accessTokens.list());
    expect(ms).toBe(60);
    expect(error).toMatchObject({
      message: "accessTokens.list: the call took longer than its 60 ms",
      which: "total",
      limit: 60,
      retryable: false,
    });
  });

  test("fails with the last error rather than wait beyond its timeout", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { client, seen } = rig(() => Promise.reject(new Error("reset")), {
      retry: { attempts: 9 },
      timeouts: { total: 350 },
    });
    // 100 ms, 200 ms, and the next wait of 400 ms would be too long.
    const { error, ms } = await timed(client.accessTokens.list());
    expect(error).toBeInstanceOf(TransportError);
    expect([seen.length, ms]).toEqual([3, 300]);
    vi.restoreAllMocks();
  });

  test("has its own timeout for each page", async () => {
    const { client } = rig(
      async (_, number) => {
        await new Promise((resolve) => setTimeout(resolve, 40));
        return json(200, { ...emptyPage, access_tokens: [], has_more: number < 0 });
      },
      { timeouts: { total: 50 } },
    );
    const walk = (async () => {
      for (let round = 0; round < 3; round += 1) await client.accessTokens.list();
    })();
    await vi.runAllTimersAsync();
    await expect(walk).resolves.toBeUndefined();
  });
});

describe("timeouts", () => {
  test("of a call override the client's, one by one", async () => {
    const { client } = deaf({ timeouts: { attempt: 10, total: 20 } });
    const one = await timed(client.accessTokens.list({}, { timeouts: { attempt: 15 } }));
    expect(one).toMatchObject({ ms: 15, error: { which: "attempt" } });
    const other = await timed(client.accessTokens.list({}, { timeouts: { total: 5 } }));
    expect(other).toMatchObject({ ms: 5, error: { which: "total" } });
  });

  test.each([Number.POSITIVE_INFINITY, 2 ** 31])("of %d ms start no timer", async (limit) => {
    const controller = new AbortController();
    const { client } = deaf({ timeouts: { attempt: limit, total: limit } });
    const error = failure(client.accessTokens.list({}, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(100_000);
    expect(vi.getTimerCount()).toBe(0);
    controller.abort("enough");
    expect(await error).toBe("enough");
  });
});

describe("a signal", () => {
  test("ends a call at once, even if fetch ignores it", async () => {
    const controller = new AbortController();
    const { client } = deaf();
    const error = failure(client.accessTokens.list({}, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(1);
    controller.abort(new Error("enough"));
    expect(await error).toBe(controller.signal.reason);
  });

  test("has no listener left after the call", async () => {
    const { signal } = new AbortController();
    const { client } = rig((_, number) =>
      number === 0 ? json(200, emptyPage) : number === 1 ? text(500, "") : never,
    );
    const options = { signal, timeouts: { attempt: 5 } };
    await client.accessTokens.list({}, options);
    await failure(client.accessTokens.list({}, options));
    await timed(client.accessTokens.list({}, options));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

test("a timeout closes the connection to a server that stalls", async () => {
  vi.useRealTimers();
  let closed: () => void = () => {};
  const isClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const server = await listen((request) => request.socket.once("close", closed));
  try {
    const error = await failure(
      server.client.accessTokens.list({}, { timeouts: { attempt: 1000 } }),
    );
    expect(error).toMatchObject({ name: "TimeoutError", which: "attempt" });
    await isClosed;
  } finally {
    await server.close();
    vi.useFakeTimers();
  }
});

test("a TimeoutError shows no credential", async () => {
  const { client } = deaf({ timeouts: { total: 5 } });
  const { error } = await timed(client.accessTokens.list());
  expect(JSON.stringify(error) + String(error)).not.toContain(canary);
});
