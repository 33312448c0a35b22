/** The stack of a rejected call has the line of the program that made it, however the promise is used. */
import { beforeEach, describe, expect, test } from "vitest";
import {
  type Call,
  type ListAccessTokensFailure,
  type S2,
  type S2Options,
  settle,
} from "../../src/index.js";
import { canary, emptyPage, failure, json, listed, rig, text, untyped } from "./harness.js";

/** What can go wrong: how the network responds, and options of client and call. */
interface Fault {
  readonly name: string;
  readonly answer: () => Response | Promise<Response>;
  readonly client?: S2Options;
  readonly call?: object;
  readonly input?: object;
}

const never = new Promise<Response>(() => {});
const retry = { attempts: 2, baseDelay: 0 };
const faults: readonly Fault[] = [
  { name: "UnauthorizedError", answer: () => json(401, { code: "authn", message: "No." }) },
  { name: "ApiError", answer: () => text(418, "") },
  { name: "ContractError", answer: () => json(200, { access_tokens: 1 }) },
  { name: "ContractError", answer: () => text(200, "{") },
  { name: "TransportError", answer: () => Promise.reject(new TypeError("fetch failed")) },
  { name: "TransportError", answer: () => Promise.reject(new Error("again")), client: { retry } },
  { name: "TimeoutError", answer: () => never, call: { timeouts: { attempt: 20 } } },
  { name: "TimeoutError", answer: () => never, call: { timeouts: { total: 20 } } },
  { name: "TypeError", answer: () => json(200, emptyPage), input: { limit: -1 } },
  { name: "TypeError", answer: () => json(200, emptyPage), input: { prefx: "a" } },
  { name: "TypeError", answer: () => json(200, emptyPage), call: { signl: 1 } },
  { name: "TypeError", answer: () => json(200, emptyPage), call: { headers: { "x y": "" } } },
  {
    name: "TypeError",
    answer: () => json(200, emptyPage),
    client: { accessToken: () => `${canary}\n` },
  },
];

/** A call has a stack of its own if few were made just before it. */
beforeEach(() => new Promise((resolve) => setTimeout(resolve, 2)));

const cases = faults.map((fault, index) => [`${index} ${fault.name}`, fault] as const);

function clientOf(fault: Fault): S2 {
  return rig(fault.answer, fault.client ?? {}).client;
}

/** Functions with names that no other has, so that a stack which has them is that of this program. */
function callersOwnFunction(client: S2, fault: Fault): Call<unknown, ListAccessTokensFailure> {
  return client.accessTokens.list(untyped(fault.input), untyped(fault.call ?? {}));
}

async function loopsOverAll(client: S2, fault: Fault): Promise<void> {
  const all = client.accessTokens.listAll(untyped(fault.input), untyped(fault.call ?? {}));
  for await (const _ of all);
}

function pointsHome(error: unknown, name: string, method: string, place: string): void {
  const { stack, message } = error as Error;
  expect(error).toMatchObject({ name });
  expect(message).toMatch(new RegExp(`^${method}: `));
  const [head, ...frames] = String(stack).split("\n    at ");
  expect(head).toBe(`${name}: ${message}`);
  expect(frames.filter((frame) => frame.includes(place))).toHaveLength(1);
  expect(frames.some((frame) => frame.includes("stacks.test.ts"))).toBe(true);
}

describe.each(cases)("%s: the stack has the caller's line", (_, fault) => {
  test("if the call is awaited at once", async () => {
    const error = await failure(
      (async () => {
        await callersOwnFunction(clientOf(fault), fault);
      })(),
    );
    pointsHome(error, fault.name, "accessTokens.list", "callersOwnFunction");
  });

  test("if it is awaited later, after it has failed", async () => {
    const call = callersOwnFunction(clientOf(fault), fault);
    const failed = failure(call);
    await new Promise((resolve) => setTimeout(resolve, 60));
    pointsHome(await failed, fault.name, "accessTokens.list", "callersOwnFunction");
  });

  test("if it is only caught by a handler", async () => {
    const error = await new Promise((resolve) => {
      callersOwnFunction(clientOf(fault), fault).catch(resolve);
    });
    pointsHome(error, fault.name, "accessTokens.list", "callersOwnFunction");
  });

  test("by settle", async () => {
    const settled = await settle(callersOwnFunction(clientOf(fault), fault)).catch(
      (error: unknown) => ({ error }),
    );
    const error = "error" in settled ? settled.error : undefined;
    pointsHome(error, fault.name, "accessTokens.list", "callersOwnFunction");
  });

  test("in a loop over listAll", async () => {
    const error = await failure(loopsOverAll(clientOf(fault), fault));
    pointsHome(error, fault.name, "accessTokens.listAll", "loopsOverAll");
  });
});

/** Calls that follow one another, more than get stacks. Their credential fails them, which is no error of a call. */
async function manyCalls(): Promise<void> {
  const { client } = rig(() => never, { accessToken: () => Promise.reject(new Error("none")) });
  for (let count = 0; count < 50; count += 1) await failure(client.accessTokens.list());
}

describe.each(cases)(
  "%s: right after other calls, the stack has the line of the await",
  (_, fault) => {
    const stackOf = async (call: () => Promise<unknown>): Promise<void> => {
      await manyCalls();
      const error = await call().catch((reason: unknown) => reason);
      pointsHome(error, fault.name, "accessTokens.list", "awaitsTheCall");
    };

    test("with await", () =>
      stackOf(async function awaitsTheCall() {
        await callersOwnFunction(clientOf(fault), fault);
      }));

    test("with await and catch", () =>
      stackOf(async function awaitsTheCall() {
        const error = await callersOwnFunction(clientOf(fault), fault).catch((reason) => reason);
        throw error;
      }));

    test("by settle", () =>
      stackOf(async function awaitsTheCall() {
        const settled = await settle(callersOwnFunction(clientOf(fault), fault));
        if (!settled.ok) throw settled.error;
      }));

    test("with Promise.all", () =>
      stackOf(async function awaitsTheCall() {
        await Promise.all([callersOwnFunction(clientOf(fault), fault)]);
      }));
  },
);

/** Makes three calls on each of three lines. */
function onThreeLines(client: S2, fault: Fault): readonly Promise<unknown>[] {
  const list = (): Promise<unknown> => callersOwnFunction(client, fault);
  return [
    ...[0, 1, 2].map(function theFirstLine() {
      return list();
    }),
    ...[0, 1, 2].map(function theSecondLine() {
      return list();
    }),
    ...[0, 1, 2].map(function theThirdLine() {
      return list();
    }),
  ];
}

describe.each(cases)("%s: in a burst, each call has its own line", (_, fault) => {
  const lines = ["theFirstLine", "theSecondLine", "theThirdLine"].flatMap((line) =>
    Array<string>(3).fill(line),
  );
  const stacksOf = async (calls: readonly Promise<unknown>[]): Promise<unknown[]> =>
    (await Promise.allSettled(calls)).map((settled) =>
      settled.status === "rejected"
        ? /the\w+Line/.exec(String(settled.reason.stack))?.[0]
        : settled,
    );

  test("with allSettled", async () => {
    expect(await stacksOf(onThreeLines(clientOf(fault), fault))).toEqual(lines);
  });

  test("with a thousand calls that are awaited only after they failed", async () => {
    const client = clientOf(fault);
    const calls: Promise<unknown>[] = [];
    while (calls.length < 1000) calls.push(...onThreeLines(client, fault));
    for (const call of calls) call.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 60));
    const wanted = Array<string[]>(calls.length / lines.length).fill(lines);
    expect(await stacksOf(calls)).toEqual(wanted.flat());
  });

  test("when the end of another call starts it", async () => {
    const client = clientOf(fault);
    await manyCalls();
    await failure(callersOwnFunction(client, fault));
    const stacks = new Promise((resolve) => {
      callersOwnFunction(client, fault).catch(() => {
        resolve(stacksOf(onThreeLines(client, fault)));
      });
    });
    expect(await stacks).toEqual(lines);
  });
});

test("the message has the method's name, and operation the contract's id", async () => {
  const { accessTokens } = rig(() => text(503, "")).client;
  const calls = {
    "accessTokens.list": accessTokens.list(),
    "accessTokens.listAll": accessTokens.listAll().toArray(),
    "accessTokens.get": accessTokens.get({ id: "a" }),
    "accessTokens.issue": accessTokens.issue({ id: "a", scope: { ops: ["read"] } }),
    "accessTokens.revoke": accessTokens.revoke({ id: "a" }),
  };
  const errors = await Promise.all(Object.values(calls).map(failure));
  expect(errors.map((error) => String(error).split(": ")[1])).toEqual(Object.keys(calls));
  expect(errors.map((error) => Reflect.get(Object(error), "operation"))).toEqual([
    "list_access_tokens",
    "list_access_tokens",
    "list_access_tokens",
    "issue_access_token",
    "revoke_access_token",
  ]);
});

test("a listing that makes no progress has the line of listAll", async () => {
  const page = json(200, { access_tokens: [listed("a")], has_more: true });
  const { client } = rig(() => page.clone());
  const error = await failure(loopsOverAll(client, { name: "", answer: () => page }));
  pointsHome(error, "ContractError", "accessTokens.listAll", "loopsOverAll");
});

test("the reason of an abort and errors of an accessToken function are not changed", async () => {
  const reason = new Error("enough");
  const { stack } = reason;
  const aborted = rig(() => never).client.accessTokens.list(
    {},
    { signal: AbortSignal.abort(reason) },
  );
  expect(await failure(aborted)).toBe(reason);
  const { client } = rig(() => never, { accessToken: () => Promise.reject(reason) });
  expect(await failure(client.accessTokens.list())).toBe(reason);
  expect(reason.stack).toBe(stack);
});

test("errors work without stacks, or if a program changes Error.prepareStackTrace", async () => {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 0;
    const bare = await failure(rig(() => text(503, "")).client.accessTokens.list());
    expect(String(bare)).toBe("ServiceUnavailableError: accessTokens.list: 503: no message");
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = (_, sites) => sites;
    const odd = await failure(rig(() => text(503, "")).client.accessTokens.list());
    expect(odd).toMatchObject({ name: "ServiceUnavailableError" });
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
});

test("JSON.stringify has the properties for a log, and no secret", async () => {
  const { client } = rig(() =>
    json(
      403,
      { code: "permission_denied", message: `${canary} may not`, access_token: canary },
      { "x-request-id": "r-1", "x-echo": canary },
    ),
  );
  const error = await failure(client.accessTokens.get({ id: "a" }));
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: "ForbiddenError",
    message: "accessTokens.get: 403 permission_denied: [redacted] may not",
    status: 403,
    code: "permission_denied",
    outcome: "none",
    requestId: "r-1",
  });
  const transport = await failure(
    rig(() => Promise.reject(new Error(`no route for ${canary}`))).client.accessTokens.revoke({
      id: "a",
    }),
  );
  expect(JSON.parse(JSON.stringify(transport))).toEqual({
    name: "TransportError",
    message: "accessTokens.revoke: no response: no route for [redacted]",
    outcome: "unknown",
  });
});
