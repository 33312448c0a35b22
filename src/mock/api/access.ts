import { refuseItself } from "../engine/refusals.js";

/** Which hosts and origins may call, besides this machine. */
export interface AccessOptions {
  /** Names that the header `Host` may have, besides those of this machine; `*` allows all. */
  readonly allowedHosts: readonly string[];
  /** Origins whose web pages may call, besides those of this machine; `*` allows all. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Keeps web pages of other sites out. `Host` reveals a foreign name that resolves to this machine (DNS rebinding), and
 * `Origin` reveals the page's own origin.
 *
 * @param local - the address of this machine that received the request
 * @throws {Refusal} if the host or origin is not allowed.
 */
export function checkAccess(
  host: string | undefined,
  origin: string | undefined,
  local: string | undefined,
  { allowedHosts, allowedOrigins }: AccessOptions,
): void {
  const name = host !== undefined && isHost(host) ? hostName(`http://${host}`) : undefined;
  const isHere = name !== undefined && (isLoopback(name) || name === bracketed(local));
  if (!isHere && !allowedHosts.includes(name ?? "") && !allowedHosts.includes("*")) {
    const message =
      name === undefined
        ? "The request names no valid host; to accept such requests, start the mock with --allow-host *"
        : `The request is for the host ${name}, which is not this machine; to accept it, start the mock with --allow-host ${name}`;
    throw refuseItself(403, "host_refused", message);
  }
  // The mock's own page, under any host name that is allowed.
  if (origin === undefined || origin === `http://${host}`) return;
  if (isAllowedOrigin(origin, allowedOrigins)) return;
  throw refuseItself(
    403,
    "origin_refused",
    `The calling page is from ${URL.canParse(origin) ? origin : "an unknown origin"}, which is not this machine; to accept its requests, start the mock with --allow-origin ORIGIN`,
  );
}

/** Whether a string is a host with an optional port, and nothing more: no user, path or list. */
function isHost(text: string): boolean {
  return /^(?:\[[\da-f:.]+\]|[^\s/?#@\\,:[\]]+)(?::\d*)?$/i.test(text);
}

/** The CORS headers of a response: they let an allowed page send its request and read the response. */
export function corsHeaders(
  headers: Readonly<Record<string, string>>,
  { allowedOrigins }: AccessOptions,
): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined || !isAllowedOrigin(origin, allowedOrigins)) return { vary: "origin" };
  const wanted = headers["access-control-request-headers"];
  return {
    vary: "origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "*",
    ...(headers["access-control-request-method"] !== undefined && {
      "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
      "access-control-max-age": "600",
    }),
    ...(wanted !== undefined &&
      /^[\w\s,-]+$/.test(wanted) && { "access-control-allow-headers": wanted }),
  };
}

function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  const name = hostName(origin);
  return (
    (name !== undefined && isLoopback(name)) || allowed.includes(origin) || allowed.includes("*")
  );
}

function hostName(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** Whether a host name or address means this machine. */
export function isLoopback(name: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|.+\.localhost|\[::1\])$/.test(name);
}

/** Whether an IP address is a loopback address, as of a client on this machine. */
export function isThisMachine(address: string | undefined): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address ?? "");
}

/** An address as in a URL. An IPv4-mapped IPv6 address becomes IPv4. */
function bracketed(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/, "");
  return plain?.includes(":") ? `[${plain}]` : plain;
}
