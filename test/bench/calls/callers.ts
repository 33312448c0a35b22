import { S2 as Official } from "@s2-dev/streamstore";
import { createFetchClient } from "../../../generated/client.js";
import { S2 } from "../../../src/index.js";
import { handWritten, toBody } from "./hand-written.js";
import type { Input } from "./input.js";

/** One who makes the three calls, each in its own way. */
export interface Caller {
  readonly name: string;
  readonly list: (limit: number) => Promise<unknown>;
  readonly issue: (input: Input) => Promise<unknown>;
  readonly revoke: (id: string) => Promise<unknown>;
}

/** This client as it was at another revision, which took the same three calls. */
export interface Before {
  readonly name: string;
  readonly S2: typeof S2;
}

/** Shaped like a real one: long enough to be taken out of errors. */
const token = "s2-bench-0123456789abcdef0123456789abcdef";

/** All contenders, over the `fetch` that the platform has now, so that one put in its place serves them all. */
export function callersTo(origin: string, before?: Before): readonly Caller[] {
  const base = `${origin}/v1`;
  const { fetch } = globalThis;
  return [
    ours("this client", S2, origin),
    handWritten(fetch, base, token),
    openapiFetch("openapi-fetch", fetch, base, (call) => call()),
    openapiFetch("openapi-fetch, limited", fetch, base, limited),
    official(origin),
    ...(before === undefined ? [] : [ours(before.name, before.S2, origin)]),
  ];
}

function ours(name: string, Client: typeof S2, endpoint: string): Caller {
  const { accessTokens } = new Client({ accessToken: token, endpoint });
  return {
    name,
    list: (limit) => accessTokens.list({ limit }),
    issue: (input) => accessTokens.issue(input),
    revoke: (id) => accessTokens.revoke({ id }),
  };
}

/** Makes a call, which may be told a signal. */
type Make = <Value>(call: (init?: { signal: AbortSignal }) => Promise<Value>) => Promise<Value>;

/** A limit of ten seconds, as everybody writes one. */
const limited: Make = async (call) => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 10_000);
  try {
    return await call({ signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
};

/** Typed by the contract, and nothing else: no mapping, no check. */
function openapiFetch(
  name: string,
  fetch: typeof globalThis.fetch,
  baseUrl: string,
  make: Make,
): Caller {
  const headers = { authorization: `Bearer ${token}` };
  const raw = createFetchClient({ baseUrl, fetch, headers });
  return {
    name,
    list: async (limit) => {
      const query = { limit };
      return (await make((init) => raw.GET("/access-tokens", { params: { query }, ...init }))).data;
    },
    issue: async (input) => {
      const body = toBody(input);
      return (await make((init) => raw.POST("/access-tokens", { body, ...init }))).data;
    },
    revoke: async (id) => {
      const path = { id };
      await make((init) => raw.DELETE("/access-tokens/{id}", { params: { path }, ...init }));
    },
  };
}

function official(account: string): Caller {
  const { accessTokens } = new Official({ accessToken: token, endpoints: { account } });
  return {
    name: "@s2-dev/streamstore",
    list: (limit) => accessTokens.list({ limit }),
    issue: (input) => accessTokens.issue(input),
    revoke: (id) => accessTokens.revoke({ id }),
  };
}
