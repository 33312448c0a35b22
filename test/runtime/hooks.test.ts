import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Hooks, S2Options } from "../../src/index.js";
import { canary, emptyPage, failure, json, type Rig, rig, text } from "./harness.js";

type Told = { readonly hook: string; readonly event: Readonly<Record<string, unknown>> };

/** A client, and everything that its observers are told. */
function observed(
  answer: Parameters<typeof rig>[0],
  options: S2Options = {},
): Rig & { readonly told: Told[] } {
  const told: Told[] = [];
  const tell =
    (hook: string) =>
    (event: object): number =>
      told.push({ hook, event: { ...event } });
  const hooks: Hooks = {
    request: tell("request"),
    response: tell("response"),
    retry: tell("retry"),
    error: tell("error"),
  };
  const retry = { attempts: 3, baseDelay: 0 };
  return { ...rig(answer, { hooks, retry, ...options }), told };
}

describe("hooks", () => {
  test("get a request and a response event of a successful call", async () => {
    const { client, told } = observed(() => json(200, emptyPage, { "x-request-id": "r1" }));
    await client.accessTokens.list({ prefix: "ci/" }, { headers: { "x-trace": "7" } });
    expect(told.map(({ hook }) => hook)).toEqual(["request", "response"]);
    const [request, response] = told.map(({ event }) => event);
    expect(request).toMatchObject({
      operation: "list_access_tokens",
      attempt: 1,
      method: "GET",
      url: "https://s2.invalid/v1/access-tokens?prefix=ci%2F",
    });
    expect(new Headers(Object(request?.["headers"])).get("x-trace")).toBe("7");
    expect(response).toMatchObject({ operation: "list_access_tokens", attempt: 1, status: 200 });
    expect(new Headers(Object(response?.["headers"])).get("x-request-id")).toBe("r1");
    expect(response?.["duration"]).toBeGreaterThanOrEqual(0);
    expect(request?.["call"]).toBe(response?.["call"]);
  });

  test("get events of each attempt, each retry and the error, in order and with the same call number", async () => {
    const { client, told } = observed(() => text(503, ""));
    const error = await failure(client.accessTokens.revoke({ id: "a" }));
    expect(told.map(({ hook, event }) => `${hook} ${event["attempt"]}`)).toEqual([
      ...["request 1", "response 1", "retry 1"],
      ...["request 2", "response 2", "retry 2"],
      ...["request 3", "response 3", "error 3"],
    ]);
    expect(new Set(told.map(({ event }) => event["call"])).size).toBe(1);
    expect(told.at(-1)?.event["error"]).toBe(error);
    await failure(client.accessTokens.revoke({ id: "a" }));
    expect(new Set(told.map(({ event }) => event["call"])).size).toBe(2);
  });

  test("get an error event for an abort and for a response that violates the contract", async () => {
    const { client, told } = observed(() => json(200, {}));
    const broken = await failure(client.accessTokens.list());
    expect(told.at(-1)).toMatchObject({ hook: "error", event: { error: broken } });
    const controller = new AbortController();
    const other = observed(() => {
      controller.abort("enough");
      return text(503, "");
    });
    await failure(other.client.accessTokens.list({}, { signal: controller.signal }));
    expect(other.told.at(-1)).toMatchObject({ hook: "error", event: { error: "enough" } });
  });

  test("get no event for wrong input: nothing was sent", async () => {
    const { client, told } = observed(() => json(200, emptyPage));
    await failure(client.accessTokens.revoke({ id: ".." }));
    expect(told).toEqual([]);
  });

  test("get no credential in any event", async () => {
    const { client, told } = observed(
      () => json(503, { code: "unavailable", message: `no, ${canary}` }, { "x-echo": canary }),
      { headers: { Cookie: "session=abc" } },
    );
    await failure(client.accessTokens.list());
    const shown = told.map(({ event }) =>
      inspect([event, [...new Headers(Object(event["headers"] ?? {}))]], { depth: 9 }),
    );
    expect(shown.join("\n")).not.toContain(canary);
    expect(shown.join("\n")).not.toContain("session=abc");
    expect(shown[0]).toContain("[redacted]");
  });
});

describe("a hook that fails", () => {
  const broken: readonly (readonly [string, () => never | Promise<never>])[] = [
    [
      "throws",
      () => {
        throw new Error("log is full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("log is full"))],
  ];

  test.each(broken)("does not fail the call: it %s", async (_, hook) => {
    const hooks = { request: hook, response: hook, retry: hook, error: hook };
    const { client } = rig((_, number) => (number === 0 ? text(503, "") : json(200, emptyPage)), {
      hooks,
      retry: { baseDelay: 0 },
    });
    await expect(client.accessTokens.list()).resolves.toMatchObject({ hasMore: false });
    // A rejection that nobody handles would end the process, and with it this test.
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});

describe("the event that a hook gets", () => {
  test("cannot change the request", async () => {
    const { client, seen } = observed(() => json(200, emptyPage), {
      hooks: { request: ({ headers }) => headers.delete("authorization") },
    });
    await client.accessTokens.list();
    expect(seen[0]?.headers.get("authorization")).toBe(`Bearer ${canary}`);
  });
});

test("hooks are called as methods of the hooks object", async () => {
  class Log {
    readonly #lines: string[] = [];
    request({ method }: { readonly method: string }): void {
      this.#lines.push(method);
    }
    text(): string {
      return this.#lines.join();
    }
  }
  const log = new Log();
  const { client } = rig(() => json(200, emptyPage), { hooks: log });
  await client.accessTokens.list();
  expect(log.text()).toBe("GET");
});

test("middleware of the raw client gets the calls of all methods, without the credential", async () => {
  const { client, seen } = observed(() => json(200, emptyPage));
  const urls: string[] = [];
  client.raw.use({
    onRequest: ({ request }) => {
      urls.push(`${request.method} ${request.url} ${request.headers.get("authorization")}`);
      request.headers.set("x-added", "yes");
      return request;
    },
  });
  await client.accessTokens.list();
  expect(urls).toEqual(["GET https://s2.invalid/v1/access-tokens null"]);
  expect(seen[0]?.headers.get("x-added")).toBe("yes");
});
