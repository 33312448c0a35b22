import type { Hooks } from "./hooks.js";
import type { Policy } from "./policy.js";
import type { RawClient } from "./raw-client.js";
import type { Authorize } from "./security.js";

/**
 * Sends a request, as the platform's `fetch` does. The resources pass a URL and options. The raw client passes a
 * `Request`, and so do the resources as soon as the raw client has middleware.
 */
export type Fetch = (input: string | Request, init?: RequestInit) => Promise<Response>;

/** What a generated resource needs to make its calls. */
export interface Connection {
  /** The fetch client of every call. */
  readonly client: RawClient;
  /** The network. */
  readonly fetch: Fetch;
  /** Whether the client has middleware. Default: it has. */
  readonly hasMiddleware?: (() => boolean) | undefined;
  /** Returns the credentials of each attempt. */
  readonly authorize: Authorize;
  readonly policy: Policy;
  readonly hooks: Hooks;
  /** Base URL of operations without a server of their own. */
  readonly baseUrl: string;
  /** Base URLs by server template of the contract, for operations that have servers of their own. */
  readonly servers?: Readonly<Record<string, string>> | undefined;
}

/** The base URL of an operation with a server of its own, with the template's variables filled in. */
export function serverUrl(
  { baseUrl, servers }: Connection,
  template: string,
  variables: Readonly<Record<string, string>>,
): string {
  const url = servers?.[template] ?? template;
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => variables[name] ?? whole);
  return /^https?:/i.test(filled) ? filled : new URL(filled, baseUrl).href.replace(/\/$/, "");
}
