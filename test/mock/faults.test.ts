import { once } from "node:events";
import { connect } from "node:http2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorCodes } from "../../generated/errors.js";
import { encodeIssueAccessTokenRequest } from "../../generated/models/issue-access-token-request.js";
import document from "../../generated/openapi.json" with { type: "json" };
import { ContractError, isApiError, isCallError, isUnrecognized, S2 } from "../../src/index.js";
import { readContract } from "../../src/mock/engine/contract.js";
import { createPlanRunner } from "../../src/mock/faults/plan-runner.js";
import { type FaultPlan, type Mock, type MockSession, startMock } from "../../src/mock/index.js";

const contract = readContract(document);
const scope = { ops: ["read"] } as const;
let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
  // Loads Prism, which may take a busy machine longer than a client waits.
  await (await fetch(`${mock.url}/v1/access-tokens?limit=none`)).text();
});
afterAll(() => mock?.stop());

let count = 0;
function fresh(): {
  session: MockSession;
  client: S2;
  prefer: (fault: string) => { headers: Record<string, string> };
} {
  count += 1;
  const name = `faults-${count}`;
  const headers = { "mock-session": name };
  return {
    session: mock.session(name),
    client: new S2({ accessToken: mock.rootToken, endpoint: mock.url, headers, retry: false }),
    prefer: (fault) => ({ headers: { Prefer: `fault=${fault}` } }),
  };
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "a success",
    (error: unknown) => error,
  );
}

describe("a fault by Prefer", () => {
  const carried = [
    "transaction_conflict",
    "quota_exhausted",
    "request_timeout",
    "rate_limited",
    "other",
    "storage",
    "not_implemented",
    "hot_server",
    "unavailable",
    "server_draining",
    "upstream_timeout",
  ] as const;
  test.each(carried)(
    "%s before the change of state, and after it if that is possible",
    async (code) => {
      const { session, client, prefer } = fresh();
      const before = await failure(client.accessTokens.issue({ id: "a", scope }, prefer(code)));
      expect(isApiError(before) && [before.status, before.code]).toEqual([
        errorCodes[code].status,
        code,
      ]);
      expect(session.tokens()).toEqual([]);
      const after = await failure(
        client.accessTokens.issue({ id: "a", scope }, prefer(`${code}:after`)),
      );
      // Who is told that nothing was applied must be able to rely on it.
      const { noSideEffects } = errorCodes[code];
      expect(isApiError(after) && after.code).toBe(noSideEffects ? "mock_bad_fault" : code);
      expect(session.tokens().map(({ id }) => id)).toEqual(noSideEffects ? [] : ["a"]);
    },
  );

  test.each<[string, string]>([
    ["Fault=unavailable", "unavailable"],
    ["fault = unavailable", "unavailable"],
    ['fault="unavailable"', "unavailable"],
    ["respond-async, fault=unavailable; x", "unavailable"],
    ["fault=", "mock_bad_fault"],
    ["fault=reset!", "mock_bad_fault"],
    ["fault=latency:50.5", "mock_bad_fault"],
    ["fault=latency:1000000", "mock_bad_fault"],
    ["fault=storage, fault=reset", "mock_bad_fault"],
    ["fault=unavailable, code=200", "mock_bad_fault"],
    ["dynamic=true; fault=reset", "mock_bad_fault"],
  ])("Prefer: %s", async (prefer, code) => {
    const { client } = fresh();
    const error = await failure(client.accessTokens.list({}, { headers: { prefer } }));
    expect(isApiError(error) && error.code).toBe(code);
  });

  test.each(["truncated", "wrong-type", "unknown", "repeated-page"])(
    "%s is rejected without a body, and changes nothing",
    async (fault) => {
      const { session, client, prefer } = fresh();
      session.issue({ id: "a", scope });
      const error = await failure(client.accessTokens.revoke({ id: "a" }, prefer(fault)));
      expect(isApiError(error) && error.code).toBe("mock_bad_fault");
      expect(session.tokens()).toHaveLength(1);
    },
  );

  test("is rejected by a mock without state", async () => {
    await expect(startMock({ stateless: true, faults: { faults: [] } })).rejects.toThrow(TypeError);
    await using stateless = await startMock({ stateless: true });
    const client = new S2({ accessToken: "any", endpoint: stateless.url, retry: false });
    const headers = { prefer: "fault=unavailable" };
    const error = await failure(client.accessTokens.list({}, { headers }));
    expect(isApiError(error) && error.code).toBe("mock_bad_fault");
  });

  test("rate_limited has the header retry-after-ms", async () => {
    const { client, prefer } = fresh();
    const error = await failure(client.accessTokens.list({}, prefer("rate_limited:125")));
    expect(isApiError(error) && error.headers.get("retry-after-ms")).toBe("125");
  });

  test("a connection that breaks off before the change of state, and after it", async () => {
    const { session, client, prefer } = fresh();
    const before = await failure(client.accessTokens.issue({ id: "a", scope }, prefer("reset")));
    expect(isCallError(before) && before.name).toBe("TransportError");
    expect(session.tokens()).toEqual([]);
    const after = await failure(
      client.accessTokens.issue({ id: "a", scope }, prefer("reset:after")),
    );
    expect(isCallError(after) && [after.name, after.outcome]).toEqual([
      "TransportError",
      "unknown",
    ]);
    expect(session.tokens()).toHaveLength(1);
    const again = await failure(client.accessTokens.issue({ id: "a", scope }));
    expect(isApiError(again) && again.code).toBe("resource_already_exists");
  });

  test("an HTTP/2 connection breaks off, too", async () => {
    const session = connect(mock.url);
    session.on("error", () => {});
    const stream = session.request({
      ":path": "/v1/access-tokens",
      authorization: `Bearer ${mock.rootToken}`,
      prefer: "fault=reset",
    });
    let status: unknown;
    stream.on("response", (headers) => {
      status = headers[":status"];
    });
    stream.on("error", () => {});
    await once(stream, "close").catch(() => {});
    expect(status).toBeUndefined();
    session.destroy();
  });

  test.each(["truncated", "wrong-type"])(
    "%s is a response that the client rejects",
    async (fault) => {
      const { session, client, prefer } = fresh();
      const error = await failure(client.accessTokens.issue({ id: "a", scope }, prefer(fault)));
      expect(error).toBeInstanceOf(ContractError);
      expect(session.tokens()).toHaveLength(1);
    },
  );

  test("the client accepts unknown properties and operations", async () => {
    const { session, client, prefer } = fresh();
    session.issue({ id: "a", scope });
    const { accessTokens } = await client.accessTokens.list({}, prefer("unknown"));
    expect(accessTokens[0]?.scope.ops).toEqual(["read", "an-operation-to-come"]);
  });

  test("the client accepts an unknown resource set, and sends it back unchanged", async () => {
    const { session, client } = fresh();
    for (const id of ["a", "b", "c"]) session.issue({ id, scope });
    session.setFaults({ faults: [{ fault: "unknown" }] });
    const { accessTokens } = await client.accessTokens.list();
    const sets = accessTokens.map(({ scope: { accessTokens } }) => accessTokens);
    expect(sets.map(isUnrecognized)).toEqual([true, false, false]);
    expect(sets[0]).toMatchObject({ raw: { suffix: "y" } });
    const pages = client.accessTokens.listAll({ limit: 2 });
    expect((await pages.toArray()).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(await client.accessTokens.get({ id: "b" })).toMatchObject({ id: "b" });
    const [token] = accessTokens;
    const sent = encodeIssueAccessTokenRequest({ id: "d", scope: token?.scope });
    expect(sent).toMatchObject({ scope: { access_tokens: { suffix: "y" } } });
  });

  test("listAll rejects a repeated page", async () => {
    const { session, client } = fresh();
    for (const id of ["a", "b", "c"]) session.issue({ id, scope });
    session.setFaults({ faults: [{ fault: "repeated-page" }] });
    const walk = async (): Promise<void> => {
      for await (const { id } of client.accessTokens.listAll({ limit: 2 }))
        expect(id).toMatch(/[ab]/);
    };
    await expect(walk()).rejects.toThrow(ContractError);
  });

  test("the client does not follow a redirect to another origin", async () => {
    const { client, prefer } = fresh();
    const error = await failure(client.accessTokens.list({}, prefer("redirect")));
    expect(isCallError(error)).toBe(true);
    const headers = { authorization: `Bearer ${mock.rootToken}`, prefer: "fault=redirect" };
    const raw = await fetch(`${mock.url}/v1/access-tokens`, { headers, redirect: "manual" });
    expect([raw.status, raw.headers.get("location")]).toEqual([
      307,
      "http://elsewhere.invalid/v1/access-tokens",
    ]);
  });

  test("latency delays a response beyond the client's timeout", async () => {
    const { client, prefer } = fresh();
    const options = { ...prefer("latency:600000"), signal: AbortSignal.timeout(100) };
    await expect(client.accessTokens.list({}, options)).rejects.toThrow("timeout");
    await expect(client.accessTokens.list({}, prefer("latency:1"))).resolves.toBeDefined();
  });

  test.each([
    ["nonsense", "no such fault: nonsense; expected one of: latency:MS"],
    ["latency", "no such fault"],
    ["storage:before", "no such fault"],
    ["truncated:5", "no such fault"],
    [
      "resource_already_exists",
      "list_access_tokens does not have the error code resource_already_exists",
    ],
  ])("%s is rejected", async (fault, words) => {
    const { client, prefer } = fresh();
    await expect(client.accessTokens.list({}, prefer(fault))).rejects.toThrow(words);
  });
});

describe("a fault by a plan", () => {
  test("operation, skip and times", async () => {
    const { session, client } = fresh();
    session.setFaults({
      faults: [{ fault: "unavailable", operation: "list_access_tokens", skip: 1, times: 2 }],
    });
    const codes: unknown[] = [];
    for (let index = 0; index < 5; index += 1) {
      await client.accessTokens.issue({ id: `t${index}`, scope });
      const error = await failure(client.accessTokens.list());
      codes.push(isApiError(error) ? error.code : error);
    }
    const fine = "a success";
    expect(codes).toEqual([fine, "unavailable", "unavailable", fine, fine]);
    session.reset();
    expect(await failure(client.accessTokens.list())).toBe(fine);
  });

  test("the same seed gives the same faults", () => {
    const plan = (seed: number): FaultPlan => ({
      seed,
      faults: [{ fault: "reset", probability: 0.3 }],
    });
    const draw = (seed: number): string => {
      const { next } = createPlanRunner(plan(seed), () => contract);
      return Array.from({ length: 200 }, () => (next("list_access_tokens") ? "x" : ".")).join("");
    };
    expect(draw(1)).toBe(draw(1));
    expect(draw(1)).not.toBe(draw(2));
    const failed = draw(1).replaceAll(".", "").length;
    expect(failed).toBeGreaterThan(30);
    expect(failed).toBeLessThan(90);
  });

  test.each([
    [{}, 'fault plan: expected { "seed"'],
    [{ faults: [{}] }, "faults[0].fault: expected a string"],
    [{ faults: [{ fault: "fly" }] }, "faults[0].fault: no such fault: fly"],
    [{ faults: [{ fault: "reset", times: "all" }] }, "faults[0].times: expected an integer"],
    [{ faults: [{ fault: "reset", times: 0.5 }] }, "faults[0].times: expected an integer"],
    [{ faults: [{ fault: "reset", skip: -1 }] }, "faults[0].skip: expected an integer"],
    [{ faults: [{ fault: "reset", probability: 5 }] }, "faults[0].probability: expected a number"],
    [
      { faults: [{ fault: "reset", prob: 1 }] },
      "faults[0].prob: no such property; expected one of fault, ",
    ],
    [{ faults: [], sed: 1 }, "sed: no such property; expected one of seed, faults"],
    [{ faults: [null] }, "faults[0]: expected an object"],
    [
      { faults: [{ fault: "reset", operation: "isue_access_token" }] },
      "faults[0]: no operation can have this fault: there is no operation isue_access_token; expected one of list_access_tokens, ",
    ],
    [
      { faults: [{ fault: "resource_already_exists", operation: "list_access_tokens" }] },
      "no operation can have this fault: list_access_tokens does not have the error code resource_already_exists",
    ],
    [
      { faults: [{ fault: "wrong-type", operation: "revoke_access_token" }] },
      "a success of revoke_access_token has no body",
    ],
    [{ faults: [{ fault: "rate_limited:after" }] }, "the code guarantees that nothing was applied"],
    [{ seed: 0.5, faults: [] }, "seed: expected an integer"],
  ])("%j is rejected", (plan, words) => {
    // As from JSON, which no compiler has seen.
    expect(() => createPlanRunner(plan as unknown as FaultPlan, () => contract)).toThrow(words);
  });

  test("is not injected into an operation that cannot have it", async () => {
    const { session, client } = fresh();
    session.setFaults({ faults: [{ fault: "resource_already_exists" }, { fault: "truncated" }] });
    const issued = await failure(client.accessTokens.issue({ id: "a", scope }));
    expect(isApiError(issued) && issued.code).toBe("resource_already_exists");
    expect(await failure(client.accessTokens.list())).toBeInstanceOf(ContractError);
    session.reset();
    session.issue({ id: "a", scope });
    session.setFaults({ faults: [{ fault: "truncated" }] });
    expect(await failure(client.accessTokens.revoke({ id: "a" }))).toBe("a success");
  });
});
