import type { Hooks } from "./hooks.js";
import type { Policy } from "./policy.js";
import type { RawClient } from "./raw-client.js";

/**
 * How a request is sent: as by the platform's `fetch`, which is one. The resources give the URL and what belongs to it.
 * The raw client gives a `Request`, and so do the resources where middleware of the raw client may have changed one.
 */
export type Fetch = (input: string | Request, init?: RequestInit) => Promise<Response>;

/** The bearer credential to call with, or where to ask for it, which is done before each attempt. */
export type Credential = string | (() => Promise<string>);

/** What a generated resource needs to make its calls. */
export interface Connection {
  /** The fetch client that every call goes through. */
  readonly client: RawClient;
  /** The network. */
  readonly fetch: Fetch;
  /** Whether middleware of the client wants to see requests. Default: it does. */
  readonly hasMiddleware?: (() => boolean) | undefined;
  readonly credential: Credential;
  readonly policy: Policy;
  readonly hooks: Hooks;
  /** Base URLs by server template of the contract, for operations that have servers of their own. */
  readonly servers?: Readonly<Record<string, string>> | undefined;
}

/** The base URL of an operation that the contract serves elsewhere, with the template's variables filled in. */
export function serverUrl(
  { servers }: Connection,
  template: string,
  variables: Readonly<Record<string, string>>,
): string {
  const url = servers?.[template] ?? template;
  return url.replace(/\{([^{}]+)\}/g, (whole, name: string) => variables[name] ?? whole);
}

/** A request with the credential; the one without stays as it is, because middleware may still look at it. */
export function withBearer(request: Request, token: string, init?: RequestInit): Request {
  const headers = new Headers(request.headers);
  headers.set("authorization", `Bearer ${token}`);
  return new Request(request, { ...init, headers });
}
