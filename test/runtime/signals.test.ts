import { getEventListeners, once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { failure, type Loopback, listen } from "./harness.js";

/** How a request is turned into another one by middleware. */
type Change = (request: Request) => Request | undefined;

const changes: readonly (readonly [string, Change])[] = [
  ["leaves the request as it is", () => undefined],
  ["makes a request of it", (request) => new Request(request, { headers: { "x-more": "1" } })],
  ["clones it", (request) => request.clone()],
];

/** Over the platform's own `fetch`: the server sees whether a connection is given up. */
describe.each(changes)("with middleware that %s", (_, change) => {
  let server: Loopback;
  let arrived: Promise<unknown>;
  let closed: Promise<unknown>;
  let seen: Request | undefined;

  beforeEach(async () => {
    const begun = deferred();
    const ended = deferred();
    arrived = begun.promise;
    closed = ended.promise;
    server = await listen((request) => {
      begun.resolve(undefined);
      once(request.socket, "close").then(ended.resolve);
    });
    server.client.raw.use({
      onRequest: ({ request }) => {
        seen = request;
        return change(request);
      },
    });
  });
  afterEach(() => server.close());

  test("an abort closes the connection, and middleware sees it", async () => {
    const controller = new AbortController();
    const call = failure(server.client.accessTokens.list({}, { signal: controller.signal }));
    await arrived;
    expect(seen?.signal.aborted).toBe(false);
    controller.abort("enough");
    expect(await call).toBe("enough");
    expect(seen?.signal).toMatchObject({ aborted: true, reason: "enough" });
    await closed;
  });

  test("a timeout closes the connection, and middleware sees it", async () => {
    const call = failure(server.client.accessTokens.list({}, { timeouts: { attempt: 800 } }));
    await arrived;
    const error = await call;
    expect(error).toMatchObject({ name: "TimeoutError", which: "attempt" });
    expect(seen?.signal).toMatchObject({ aborted: true, reason: error });
    await closed;
  });
});

describe("without middleware", () => {
  test.each([
    ["an abort", () => ({ signal: AbortSignal.timeout(200) })],
    ["a limit of time", () => ({ timeouts: { attempt: 200 } })],
  ])("%s gives the connection up", async (_, options) => {
    const ended = deferred();
    const server = await listen((request) => {
      once(request.socket, "close").then(ended.resolve);
    });
    const error = await failure(server.client.accessTokens.list({}, options()));
    expect(error).toMatchObject({ name: "TimeoutError" });
    await ended.promise;
    await server.close();
  });
});

test("many calls can share a signal: no warning, and all are aborted", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): number => warnings.push(warning);
  process.on("warning", note);
  const server = await listen(() => {});
  const controller = new AbortController();
  const { signal } = controller;
  const options = { signal };
  const calls = Array.from({ length: 50 }, () =>
    failure(server.client.accessTokens.list({}, options)),
  );
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  controller.abort("enough");
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["enough"]));
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  await server.close();
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

test("middleware can set another signal", async () => {
  const controller = new AbortController();
  const server = await listen(() => controller.abort(new Error("enough")));
  server.client.raw.use({
    onRequest: ({ request }) => new Request(request, { signal: controller.signal }),
  });
  const error = await failure(server.client.accessTokens.revoke({ id: "a" }));
  expect(error).toMatchObject({ name: "TransportError", message: expect.stringMatching("enough") });
  await server.close();
});

function deferred(): {
  readonly promise: Promise<unknown>;
  readonly resolve: (value: unknown) => void;
} {
  let resolve: (value: unknown) => void = () => {};
  const promise = new Promise<unknown>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
