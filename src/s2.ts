import { Api } from "../generated/api.js";
import { createFetchClient, defaultBaseUrl, type FetchClient } from "../generated/client.js";
import { checkToken } from "./runtime/bearer.js";
import { type Credential, type Fetch, withBearer } from "./runtime/connection.js";
import { toBaseUrl } from "./runtime/endpoint.js";
import { readEnvironment } from "./runtime/environment.js";
import { checkHeaders } from "./runtime/headers.js";
import type { Hooks } from "./runtime/hooks.js";
import { checkNames } from "./runtime/names.js";
import { changePolicy, defaultPolicy, type PolicyOptions } from "./runtime/policy.js";
import { untyped } from "./runtime/raw-client.js";

/** Options of {@link S2}; all have a default. Its calls may change `retry` and `timeouts` for themselves. */
export interface S2Options extends PolicyOptions {
  /**
   * The access token to call with, or a function that gives it, which is asked before each attempt. Default: the
   * environment variable `S2_ACCESS_TOKEN`.
   */
  readonly accessToken?: string | (() => string | Promise<string>) | undefined;
  /**
   * Where the API is: an origin, to which the contract's base path is added, or a URL with a path. Default: the
   * environment variable `S2_ACCOUNT_ENDPOINT`, then `https://a.s2.dev`.
   */
  readonly endpoint?: string | undefined;
  /** Allows an endpoint with `http:` that is not on this machine: who can read the network reads the token. Default false. */
  readonly allowInsecureHttp?: boolean | undefined;
  /** How requests are sent: like the platform's `fetch`, which is the default. */
  readonly fetch?: Fetch | undefined;
  /** Headers of every request. Those of a call win over them; `Authorization` and `Content-Type` cannot be set. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The header `User-Agent`, which browsers may ignore. Default: the platform's own. */
  readonly userAgent?: string | undefined;
  /** Observers of every call of the resources. */
  readonly hooks?: Hooks | undefined;
}

const optionNames: readonly string[] = [
  "accessToken",
  "endpoint",
  "allowInsecureHttp",
  "fetch",
  "headers",
  "userAgent",
  "hooks",
  "retry",
  "timeouts",
];
const hookNames: readonly string[] = ["request", "response", "retry", "error"];

/**
 * A client of S2, with every resource of the contract as a property.
 *
 * @example
 * ```ts
 * const client = new S2({ accessToken: "…" });
 * const { accessTokens, hasMore } = await client.accessTokens.list({ prefix: "ci/" });
 * ```
 */
export class S2 extends Api {
  /**
   * The raw client under the resources: openapi-fetch, typed by the contract. It carries the credential, but checks
   * no answer and throws on no status. Its middleware sees the calls of the resources too.
   */
  readonly raw: FetchClient;

  /**
   * @param options - see {@link S2Options}
   * @throws {TypeError} no access token is given or found, or an option is wrong; the message names it.
   */
  constructor(options: S2Options = {}) {
    checkOptions(options);
    const { headers, userAgent } = options;
    const credential = readCredential(options);
    const { fetch = (input, init) => globalThis.fetch(input, init) } = options;
    const raw = createFetchClient({
      baseUrl: readBaseUrl(options),
      fetch: async (request) =>
        fetch(
          withBearer(request, typeof credential === "string" ? credential : await credential()),
        ),
      headers: { ...(userAgent !== undefined && { "user-agent": userAgent }), ...headers },
    });
    const policy = changePolicy(defaultPolicy, options, "");
    let hasMiddleware = false;
    super({
      client: untyped(raw),
      fetch,
      hasMiddleware: () => hasMiddleware,
      credential,
      policy,
      hooks: options.hooks ?? {},
    });
    const use: FetchClient["use"] = (...middleware) => {
      raw.use(...middleware);
      hasMiddleware = true;
    };
    this.raw = { ...raw, use };
  }
}

function checkOptions(options: S2Options): void {
  checkNames(options, optionNames, "options", "");
  const { fetch, headers, userAgent, hooks = {}, allowInsecureHttp } = options;
  if (fetch !== undefined && typeof fetch !== "function") {
    throw new TypeError("fetch: expected a function");
  }
  if (allowInsecureHttp !== undefined && typeof allowInsecureHttp !== "boolean") {
    throw new TypeError("allowInsecureHttp: expected a boolean");
  }
  if (headers !== undefined) checkHeaders(headers, "headers");
  if (userAgent !== undefined) checkHeaders({ "user-agent": userAgent }, "userAgent");
  checkNames(hooks, hookNames, "hooks");
  for (const [name, hook] of Object.entries(hooks)) {
    if (hook !== undefined && typeof hook !== "function") {
      throw new TypeError(`hooks.${name}: expected a function`);
    }
  }
}

function readCredential({ accessToken }: S2Options): Credential {
  if (typeof accessToken === "function")
    return async () => checkToken(await accessToken(), "accessToken");
  if (accessToken !== undefined) return checkToken(accessToken, "accessToken");
  const token = readEnvironment("S2_ACCESS_TOKEN");
  if (token !== undefined) return checkToken(token, "S2_ACCESS_TOKEN");
  throw new TypeError("accessToken: give one, or set the environment variable S2_ACCESS_TOKEN");
}

function readBaseUrl({ endpoint, allowInsecureHttp = false }: S2Options): string {
  const isGiven = endpoint !== undefined;
  const option = isGiven ? "endpoint" : "S2_ACCOUNT_ENDPOINT";
  const url = isGiven ? endpoint : readEnvironment(option);
  if (url === undefined) return defaultBaseUrl;
  return toBaseUrl(url, { defaultBaseUrl, allowInsecureHttp, option });
}
