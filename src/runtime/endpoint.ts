/** What an endpoint is read with. */
export interface EndpointOptions {
  /** Base URL of the contract's first server; its path is the contract's base path. */
  readonly defaultBaseUrl: string;
  /** Whether plain `http:` may leave this machine. */
  readonly allowInsecureHttp: boolean;
  /** Name of the option that the endpoint came from, for the error. */
  readonly option: string;
}

/**
 * The base URL for an endpoint that a user gives: an origin gets the contract's base path, a URL with a path stays.
 *
 * @param endpoint - `https://host`, or `https://host/any/path`
 * @throws {TypeError} it is no http or https URL, has credentials, a query or a fragment, or would send the credential
 * in the clear to another machine.
 */
export function toBaseUrl(
  endpoint: string,
  { defaultBaseUrl, allowInsecureHttp, option }: EndpointOptions,
): string {
  const refuse = (found: string): TypeError =>
    new TypeError(
      `${option}: expected a URL such as ${new URL(defaultBaseUrl).origin}, found ${found}`,
    );
  // What stands before an @ may be a password.
  const shown = String(endpoint).includes("@") ? "one with credentials" : JSON.stringify(endpoint);
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw refuse(shown);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refuse(shown);
  if (url.username !== "" || url.password !== "") throw refuse(shown);
  if (url.search !== "" || url.hash !== "") throw refuse("one with a query or a fragment");
  if (url.protocol === "http:" && !allowInsecureHttp && !isLoopback(url.hostname)) {
    throw refuse(`${shown}: plain http shows the credential to the network (allowInsecureHttp)`);
  }
  const path = url.pathname.replace(trailingSlashes, "") || new URL(defaultBaseUrl).pathname;
  return `${url.origin}${path}`.replace(trailingSlashes, "");
}

/** Looking back keeps this linear: it does not start again at each slash of a row that is not at the end. */
const trailingSlashes = /(?<!\/)\/+$/;

/** Names and addresses that no packet leaves the machine for (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
function isLoopback(hostname: string): boolean {
  return /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
