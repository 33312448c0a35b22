import { InputError } from "./input-error.js";

/** An origin for messages, if the contract names none. */
const example = "https://api.example.com";

/** How an endpoint is read. */
export interface EndpointOptions {
  /** Base URL of the contract's first server, or its path alone; it holds the contract's base path. */
  readonly defaultBaseUrl: string;
  /** Whether requests with plain `http:` may leave this machine. */
  readonly allowInsecureHttp: boolean;
  /** Name of the option or variable that has the endpoint. The error begins with it. */
  readonly option: string;
}

/**
 * Turns an endpoint into a base URL. A host without a scheme means `https:`. An endpoint without a path gets the
 * contract's base path; one with a path keeps its own.
 *
 * @param endpoint - `host`, `host:port`, `https://host` or `https://host/any/path`
 * @throws {TypeError} it is not an http or https URL, has credentials, a query or a fragment, or would send the credential
 *   unencrypted to another machine.
 */
export function toBaseUrl(
  endpoint: string,
  { defaultBaseUrl, allowInsecureHttp, option }: EndpointOptions,
): string {
  const given = typeof endpoint === "string" ? endpoint.trim() : "";
  const refuse = (found: string): InputError =>
    new InputError(
      `${option}: expected a URL such as ${new URL(defaultBaseUrl, example).origin}, found ${found}`,
    );
  // The part before an @ may be a password.
  const shown = given.includes("@") ? "one with credentials" : JSON.stringify(endpoint);
  let url: URL;
  try {
    // Tested by the two slashes: URL takes the host of `localhost:8080` for a scheme.
    url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `https://${given}`);
  } catch {
    throw refuse(shown);
  }
  const { protocol, username, password, search, hash, hostname, origin } = url;
  if (!/^https?:$/.test(protocol) || username !== "" || password !== "") throw refuse(shown);
  if (search !== "" || hash !== "") throw refuse("one with a query or a fragment");
  if (protocol === "http:" && !allowInsecureHttp && !isLoopback(hostname)) {
    throw refuse(
      `${shown}: plain http shows the credential to the network. Use https, or pass allowInsecureHttp: true in code`,
    );
  }
  const path =
    url.pathname.replace(trailingSlashes, "") || new URL(defaultBaseUrl, example).pathname;
  return `${origin}${path}`.replace(trailingSlashes, "");
}

/** The lookbehind keeps this linear: it does not start again at each slash of a row within the path. */
const trailingSlashes = /(?<!\/)\/+$/;

/** Names and addresses of this machine (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
function isLoopback(hostname: string): boolean {
  return /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
