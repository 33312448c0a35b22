import { Api } from "../generated/api.js";
import { createFetchClient, defaultBaseUrl, type FetchClient } from "../generated/client.js";
import { bearerLayer, createConnection, type Fetch, withBearer } from "./runtime/connection.js";
import { toBaseUrl } from "./runtime/endpoint.js";
import { readEnvironment } from "./runtime/environment.js";
import { checkHeaders } from "./runtime/headers.js";

/** Options of {@link S2}; all have a default. */
export interface S2Options {
  /** The access token to call with. Default: the environment variable `S2_ACCESS_TOKEN`. */
  readonly accessToken?: string | undefined;
  /**
   * Where the API is: an origin, to which the contract's base path is added, or a URL with a path. Default: the
   * environment variable `S2_ACCOUNT_ENDPOINT`, then `https://a.s2.dev`.
   */
  readonly endpoint?: string | undefined;
  /** How requests are sent. Default: the platform's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Headers of every request. Those of a call win over them; `Authorization` cannot be set here. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const optionNames: readonly string[] = ["accessToken", "endpoint", "fetch", "headers"];

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
    const { accessToken, baseUrl, fetch, headers } = readOptions(options);
    const network: Fetch = fetch ?? ((request) => globalThis.fetch(request));
    const raw = createFetchClient({
      baseUrl,
      fetch: (request) => network(withBearer(request, accessToken)),
      ...(headers !== undefined && { headers }),
    });
    super(createConnection({ client: raw, layers: [bearerLayer(accessToken)], fetch: network }));
    this.raw = raw;
  }
}

function readOptions(options: S2Options): {
  accessToken: string;
  baseUrl: string;
  fetch: Fetch | undefined;
  headers: Readonly<Record<string, string>> | undefined;
} {
  if (typeof options !== "object" || options === null)
    throw new TypeError("options: expected an object");
  const unknown = Object.keys(options).find((name) => !optionNames.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`${unknown}: no such option; there are ${optionNames.join(", ")}`);
  }
  const { accessToken = readEnvironment("S2_ACCESS_TOKEN"), fetch, headers } = options;
  if (accessToken === undefined) {
    throw new TypeError("accessToken: give one, or set the environment variable S2_ACCESS_TOKEN");
  }
  // What a header can carry; anything else would fail later, in an error that shows the secret.
  if (typeof accessToken !== "string" || !/^[\x21-\x7e]+$/.test(accessToken)) {
    throw new TypeError("accessToken: expected a text of visible ASCII characters, without spaces");
  }
  if (fetch !== undefined && typeof fetch !== "function")
    throw new TypeError("fetch: expected a function");
  if (headers !== undefined) checkHeaders(headers, "headers");
  return { accessToken, baseUrl: readBaseUrl(options), fetch, headers };
}

function readBaseUrl({ endpoint }: S2Options): string {
  if (endpoint !== undefined) return toBaseUrl(endpoint, defaultBaseUrl, "endpoint");
  const fromEnvironment = readEnvironment("S2_ACCOUNT_ENDPOINT");
  if (fromEnvironment === undefined) return defaultBaseUrl;
  return toBaseUrl(fromEnvironment, defaultBaseUrl, "S2_ACCOUNT_ENDPOINT");
}
