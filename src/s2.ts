import { Api } from "../generated/api.js";
import { defaultBaseUrl } from "../generated/client.js";
import { checkToken } from "./runtime/bearer.js";
import { type CommonOptions, commonOptions } from "./runtime/connect.js";
import { toBaseUrl } from "./runtime/endpoint.js";
import { readEnvironment } from "./runtime/environment.js";
import { checkNames } from "./runtime/names.js";
import type { Given } from "./runtime/security.js";

/** Options of {@link S2}; all have a default. Options of a call override them, one by one. */
export interface S2Options extends CommonOptions {
  /**
   * The access token, or a function that returns it and is called before each attempt. Default: the environment
   * variable `S2_ACCESS_TOKEN`.
   */
  readonly accessToken?: string | (() => string | Promise<string>) | undefined;
  /**
   * The URL of the API: an origin, to which the client adds the contract's base path, or a URL with a path. Default: the
   * environment variable `S2_ACCOUNT_ENDPOINT`, then `https://a.s2.dev`.
   */
  readonly endpoint?: string | undefined;
}

const optionNames: readonly string[] = ["accessToken", "endpoint", ...commonOptions];

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
   * Makes a client. Nothing is sent until you call a method.
   *
   * @param options - All have a default. Without `accessToken`, the client reads `S2_ACCESS_TOKEN`.
   * @throws {TypeError} There is no access token, or an option is invalid. The message names it.
   */
  constructor(options: S2Options = {}) {
    checkNames(options, optionNames, "options", "");
    const { accessToken, endpoint, ...others } = options;
    super({ ...others, auth: { accessToken: readToken(options) }, baseUrl: readBaseUrl(options) });
  }
}

function readToken({ accessToken }: S2Options): Given<string> {
  if (typeof accessToken === "function")
    return async () => checkToken(await accessToken(), "accessToken");
  if (accessToken !== undefined) return checkToken(accessToken, "accessToken");
  const token = readEnvironment("S2_ACCESS_TOKEN");
  if (token !== undefined) return checkToken(token, "S2_ACCESS_TOKEN");
  throw new TypeError("accessToken: pass one, or set the environment variable S2_ACCESS_TOKEN");
}

function readBaseUrl({ endpoint, allowInsecureHttp = false }: S2Options): string {
  const isGiven = endpoint !== undefined;
  const option = isGiven ? "endpoint" : "S2_ACCOUNT_ENDPOINT";
  const url = isGiven ? endpoint : readEnvironment(option);
  if (url === undefined) return defaultBaseUrl;
  return toBaseUrl(url, { defaultBaseUrl, allowInsecureHttp, option });
}
