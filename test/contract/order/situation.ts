import type { Operation, ResourceSet } from "../../../src/index.js";
import type { Mock } from "../../../src/mock/index.js";

/** The moment at which every situation begins. */
export const now: string = "2100-01-01T00:00:00Z";

/** Who calls, with what, and what is there: all that an answer depends on. */
export interface Situation {
  readonly credential: "valid" | "missing" | "unknown" | "expired" | "revoked";
  /** What the caller's own token allows. */
  readonly operations: readonly Operation[];
  readonly accessTokens: ResourceSet;
  /** Whether there is a token of the id that the request names. */
  readonly exists: boolean;
  readonly method: "GET" | "POST" | "DELETE";
  /** After `/v1/access-tokens`. */
  readonly path: string;
  readonly contentType: string;
  readonly body: Readonly<Record<string, unknown>> | undefined;
  /** Whether the text of the body ends half way. */
  readonly cut: boolean;
}

/** An answer, with the words that tell refusals of one code apart. */
export interface Outcome {
  readonly status: number;
  /** Undefined for a success. */
  readonly code: string | undefined;
  /** The message, and the reason that the mock notes in its journal. */
  readonly words: string;
}

/** The id that requests of an issue or a revoke name, unless it is what is wrong with them. */
export const target: string = "t/one";

/** Brings a session of its own into a situation, and sends the request. */
export async function meet(mock: Mock, name: string, situation: Situation): Promise<Outcome> {
  const { credential, operations, accessTokens, exists, method, path } = situation;
  const session = mock.session(name);
  session.setClock({ mode: "fixed", at: now });
  const secret = session.issue({
    id: "caller",
    scope: { ops: operations, streams: { prefix: "a/" }, accessTokens },
    expiresAt: "2100-01-01T01:00:00Z",
  });
  if (exists) session.issue({ id: target, scope: { ops: ["read"] } });
  const send = (bearer: string | undefined, init: RequestInit, at: string): Promise<Response> => {
    const headers = new Headers({ ...Object(init.headers), "mock-session": name });
    if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
    return fetch(`${mock.url}/v1/access-tokens${at}`, { ...init, headers });
  };
  if (credential === "expired") session.setClock({ mode: "fixed", at: "2100-01-01T02:00:00Z" });
  if (credential === "revoked") await send(mock.rootToken, { method: "DELETE" }, "/caller");
  const bearers = { missing: undefined, unknown: "nobody", valid: secret, expired: secret };
  const bearer = credential === "revoked" ? secret : bearers[credential];
  const response = await send(bearer, { method, ...bodyOf(situation) }, path);
  const text = await response.text();
  const { code, message } = response.ok ? {} : JSON.parse(text);
  const reason = session.journal().at(-1)?.reason;
  return { status: response.status, code, words: `${message}; ${reason}` };
}

function bodyOf({ body, cut, contentType }: Situation): RequestInit {
  if (body === undefined) return {};
  const text = JSON.stringify(body);
  return { body: cut ? text.slice(0, -1) : text, headers: { "content-type": contentType } };
}
