import type { Connection, Fetch } from "./connection.js";
import { toBaseUrl } from "./endpoint.js";
import { checkHeaders } from "./headers.js";
import type { Hooks } from "./hooks.js";
import { checkNames } from "./names.js";
import { changePolicy, defaultPolicy, type PolicyOptions } from "./policy.js";
import { untyped } from "./raw-client.js";
import { withCredentials } from "./request-init.js";
import type { Authorize, SecurityRequirements } from "./security.js";

/** Options that the clients of all APIs have; all have a default. */
export interface CommonOptions extends PolicyOptions {
  /** Allows `http:` to another machine. Everyone on the network path can then read the credentials. Default false. */
  readonly allowInsecureHttp?: boolean | undefined;
  /** Sends the requests. Default: the platform's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Headers of every request; a call can override them. `Authorization` and `Content-Type` cannot be set. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The header `User-Agent`, which browsers may ignore. Default: the platform's. */
  readonly userAgent?: string | undefined;
  /** Functions that observe requests, responses, retries and errors. Default: none. */
  readonly hooks?: Hooks | undefined;
}

/** Options of a client beside its credentials. */
export interface ConnectOptions extends CommonOptions {
  /**
   * Where the API is: an origin, to which the contract's base path is added, or a URL with a path. Default: the first
   * server of the contract.
   */
  readonly baseUrl?: string | undefined;
  /** Other base URLs for operations that have servers of their own, by the URL that the contract gives them. */
  readonly servers?: Readonly<Record<string, string>> | undefined;
}

/** What a client must know of its contract, beside the operations. */
export interface Contract<Raw> {
  /** The first server; without a scheme it is only the base path. */
  readonly baseUrl: string;
  readonly createFetchClient: (options: {
    readonly baseUrl: string;
    readonly fetch: (request: Request) => Promise<Response>;
    readonly headers: Readonly<Record<string, string>>;
  }) => Raw;
  /** Reads the credentials that a client is made with. */
  readonly authorizer: (auth: object) => Authorize;
  /** The credentials that the raw client sends with every request: those that operations usually require. */
  readonly security: SecurityRequirements;
  /** Options that this contract adds. */
  readonly options?: readonly string[];
}

/** The parts of a client: the connection of its resources, and the raw client under it. */
export interface Connected<Raw> {
  readonly connection: Connection;
  readonly raw: Raw;
}

/** Names of {@link CommonOptions}. */
export const commonOptions: readonly string[] = [
  "allowInsecureHttp",
  "fetch",
  "headers",
  "userAgent",
  "hooks",
  "retry",
  "timeouts",
  "maxResponseBytes",
];
const hookNames: readonly string[] = ["request", "response", "retry", "error"];

/**
 * Connects a client by its options.
 *
 * @throws {TypeError} names the option that is missing, wrong or unknown.
 */
export function connect<Raw extends RawTyped>(
  options: ConnectOptions & { readonly auth?: object | undefined },
  contract: Contract<Raw>,
): Connected<Raw> {
  const own = ["baseUrl", "auth", "servers", ...(contract.options ?? []), ...commonOptions];
  checkNames(options, own, "options", "");
  checkOptions(options);
  const { headers, userAgent, auth = {}, hooks = {}, servers } = options;
  const authorize = contract.authorizer(auth);
  const { fetch = (input, init) => globalThis.fetch(input, init) } = options;
  const { allowInsecureHttp = false, baseUrl: given } = options;
  const usual = contract.baseUrl;
  if (given === undefined && !/^https?:/i.test(usual)) {
    throw new TypeError("baseUrl: pass one, because the contract names no server with a host");
  }
  const baseUrl =
    given === undefined
      ? usual
      : toBaseUrl(given, { defaultBaseUrl: usual, allowInsecureHttp, option: "baseUrl" });
  const made = contract.createFetchClient({
    baseUrl,
    fetch: async (request) => {
      const credentials = await authorize({ id: "raw", security: contract.security });
      return fetch(credentials === undefined ? request : withCredentials(request, credentials));
    },
    headers: { ...(userAgent !== undefined && { "user-agent": userAgent }), ...headers },
  });
  let hasMiddleware = false;
  const use: Raw["use"] = (...middleware) => {
    made.use(...middleware);
    hasMiddleware = true;
  };
  const connection: Connection = {
    client: untyped(made),
    fetch,
    hasMiddleware: () => hasMiddleware,
    authorize,
    policy: changePolicy(defaultPolicy, options, ""),
    hooks,
    baseUrl,
    servers,
  };
  return { connection, raw: { ...made, use } };
}

/** The parts of openapi-fetch's client that are used here, whatever its paths are. */
interface RawTyped {
  readonly request: unknown;
  readonly use: (...middleware: never[]) => void;
}

function checkOptions({
  fetch,
  headers,
  userAgent,
  hooks = {},
  allowInsecureHttp,
}: CommonOptions): void {
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
