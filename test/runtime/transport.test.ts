import { describe, expect, test } from "vitest";
import { S2, TransportError } from "../../src/index.js";
import { canary, deadPort, failure, json, listen, rig, text } from "./harness.js";

const calls: readonly (readonly [
  operation: string,
  success: number,
  call: (client: S2, signal?: AbortSignal) => Promise<unknown>,
])[] = [
  ["list_access_tokens", 200, (client, signal) => client.accessTokens.list({}, { signal })],
  [
    "issue_access_token",
    201,
    (client, signal) =>
      client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } }, { signal }),
  ],
  [
    "revoke_access_token",
    204,
    (client, signal) => client.accessTokens.revoke({ id: "a" }, { signal }),
  ],
];

/** What a failed call may have done when no answer came: only a GET is known to be harmless. */
const outcomeOf = (operation: string, otherwise: string): string =>
  operation.startsWith("list") ? "none" : otherwise;

describe("a call without a response is a TransportError with its cause", () => {
  test.each(calls)("%s: connection refused", async (operation, _, call) => {
    const endpoint = `http://127.0.0.1:${await deadPort()}`;
    const error = await failure(call(new S2({ accessToken: canary, endpoint, retry: false })));
    expect(error).toBeInstanceOf(TransportError);
    // Nothing was connected, so nothing can have been applied.
    expect(error).toMatchObject({ name: "TransportError", operation, outcome: "none" });
    expect(error).toHaveProperty("cause.cause.code", "ECONNREFUSED");
    expect(String(error)).toMatch(/^TransportError: accessTokens\.\w+: no response: /);
  });

  test.each(calls)(
    "%s: the server closes the connection without a response",
    async (operation, _, call) => {
      const server = await listen((request) => request.socket.destroy());
      try {
        const error = await failure(call(server.client));
        expect(error).toBeInstanceOf(TransportError);
        expect(error).toMatchObject({ operation, outcome: outcomeOf(operation, "unknown") });
        expect(error).toHaveProperty("cause");
      } finally {
        await server.close();
      }
    },
  );

  test.each(calls.slice(0, 2))(
    "%s: reset in the middle of the body",
    async (operation, status, call) => {
      const server = await listen((request, response) => {
        response.writeHead(status, { "content-length": "1000" });
        response.write('{"access_token', () => request.socket.destroy());
      });
      try {
        const error = await failure(call(server.client));
        expect(error).toBeInstanceOf(TransportError);
        // The status said that it succeeded; what broke off is the answer.
        expect(error).toMatchObject({ operation, outcome: outcomeOf(operation, "applied") });
        expect(error).toHaveProperty("cause");
      } finally {
        await server.close();
      }
    },
  );

  test.each([
    ["an error", new TypeError("fetch failed"), "fetch failed"],
    ["a text", "no network", "no network"],
  ])("a fetch function that rejects with %s", async (_, reason, detail) => {
    const { client } = rig(() => Promise.reject(reason));
    const error = await failure(client.accessTokens.list());
    expect(error).toBeInstanceOf(TransportError);
    expect(String(error)).toBe(`TransportError: accessTokens.list: no response: ${detail}`);
    if (error instanceof TransportError) expect(error.cause).toBe(reason);
  });
});

describe("abort", () => {
  const reasons: readonly (readonly [string, unknown])[] = [
    ["an error", new Error("the user left")],
    ["a text", "the user left"],
    ["an object", { why: "the user left" }],
  ];

  for (const [operation, success, call] of calls) {
    test.each(reasons)(
      `${operation}: before the call, with %s: nothing is sent`,
      async (_, reason) => {
        const { client, seen } = rig(() => json(success === 204 ? 200 : success, {}));
        expect(await failure(call(client, AbortSignal.abort(reason)))).toBe(reason);
        expect(seen).toEqual([]);
      },
    );

    test.each(reasons)(`${operation}: while it waits, with %s`, async (_, reason) => {
      const controller = new AbortController();
      const server = await listen(() => controller.abort(reason));
      try {
        expect(await failure(call(server.client, controller.signal))).toBe(reason);
      } finally {
        await server.close();
      }
    });
  }

  test("while the body arrives", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const server = await listen((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("{", () => setTimeout(() => controller.abort(reason), 20));
    });
    try {
      const { signal } = controller;
      expect(await failure(server.client.accessTokens.list({}, { signal }))).toBe(reason);
    } finally {
      await server.close();
    }
  });

  test("while the body of an error arrives", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const server = await listen((_, response) => {
      response.writeHead(500, { "content-length": "1000" });
      response.write("{", () => setTimeout(() => controller.abort(reason), 20));
    });
    try {
      const { signal } = controller;
      expect(await failure(server.client.accessTokens.list({}, { signal }))).toBe(reason);
    } finally {
      await server.close();
    }
  });

  test("without a reason, or by AbortSignal.timeout, rejects with the platform's DOMException", async () => {
    const controller = new AbortController();
    const server = await listen(() => controller.abort());
    try {
      const { signal } = controller;
      expect(await failure(server.client.accessTokens.list({}, { signal }))).toBe(signal.reason);
      expect(signal.reason).toMatchObject({ name: "AbortError" });
      const timeout = AbortSignal.timeout(50);
      expect(await failure(server.client.accessTokens.list({}, { signal: timeout }))).toMatchObject(
        {
          name: "TimeoutError",
        },
      );
    } finally {
      await server.close();
    }
  });

  test("has no effect after the response", async () => {
    const controller = new AbortController();
    const { client } = rig(() => json(201, { access_token: "secret" }));
    const { signal } = controller;
    const answer = await client.accessTokens.issue(
      { id: "a", scope: { ops: ["read"] } },
      { signal },
    );
    controller.abort();
    expect(answer.accessToken).toBe("secret");
  });
});

describe("a wrong header of a call", () => {
  test.each([{ "x y": "1" }, { "": "1" }, { x: "a\nb" }, { x: "日" }])(
    "%j is a TypeError, and nothing is sent",
    async (headers) => {
      const { client, seen } = rig(() => text(204, ""));
      const error = await failure(client.accessTokens.revoke({ id: "a" }, { headers }));
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain("accessTokens.revoke: options.headers: ");
      expect(seen).toEqual([]);
    },
  );
});

describe("a fetch function that breaks the rules of fetch", () => {
  test.each([undefined, null, 0, ""])(
    "a rejection with %j is a TransportError with it as cause",
    async (reason) => {
      const { client } = rig(() => Promise.reject(reason));
      const error = await failure(client.accessTokens.revoke({ id: "a" }));
      expect(error).toBeInstanceOf(TransportError);
      expect(String(error)).toContain(`no response: ${String(reason)}`);
      expect(error).toMatchObject({ outcome: "unknown" });
    },
  );

  test("Response.error() is a TransportError", async () => {
    const { client } = rig(() => Response.error());
    const error = await failure(client.accessTokens.revoke({ id: "a" }));
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({ outcome: "unknown" });
  });
});
