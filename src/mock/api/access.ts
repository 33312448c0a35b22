import { refuseItself } from "../engine/refusals.js";

/** Who may call, beside this machine itself. */
export interface AccessOptions {
  /** More names than those of this machine that may stand in the header `Host`; `*` is all. */
  readonly allowedHosts: readonly string[];
  /** More origins than those of this machine from which browsers may call; `*` is all. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Keeps pages of other sites out: a name that was pointed at this machine shows in `Host`, and a page's own origin in
 * `Origin`.
 *
 * @param local - the address of this machine at which the request came in
 * @throws {Refusal} the request comes from where it should not.
 */
export function checkAccess(
  host: string | undefined,
  origin: string | undefined,
  local: string | undefined,
  { allowedHosts, allowedOrigins }: AccessOptions,
): void {
  const name = host === undefined ? undefined : hostName(`http://${host}`);
  const isHere = name !== undefined && (isLoopback(name) || name === bracketed(local));
  if (!isHere && !allowedHosts.includes(name ?? "") && !allowedHosts.includes("*")) {
    const message =
      name === undefined
        ? "The header Host names no host; start the mock with --allow-host * to take requests without one"
        : `The header Host names ${name}, which is not this machine; start the mock with --allow-host ${name} to take it`;
    throw refuseItself(403, "host_refused", message);
  }
  // The mock's own page, under whatever name of it that was let in above.
  if (origin === undefined || origin === `http://${host}`) return;
  if (isAllowedOrigin(origin, allowedOrigins)) return;
  throw refuseItself(
    403,
    "origin_refused",
    `The page that calls is of ${URL.canParse(origin) ? origin : "an unknown origin"} and not of this machine; start the mock with --allow-origin ORIGIN to take its calls`,
  );
}

/** The headers that let a page read a response, and send what it needs to. */
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

/** Whether a host name or address is this machine, seen from itself. */
export function isLoopback(name: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|.+\.localhost|\[::1\])$/.test(name);
}

/** Whether an address is one at which this machine calls itself. */
export function isThisMachine(address: string | undefined): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address ?? "");
}

/** An address as it stands in a URL. IPv4 in the form of IPv6 is IPv4. */
function bracketed(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/, "");
  return plain?.includes(":") ? `[${plain}]` : plain;
}
