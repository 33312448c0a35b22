import { isIPv6 } from "node:net";

/** A host as in a URL. */
export function hostInUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Parses a host or URL; returns the host as in a `Host` header, or undefined. */
export function hostOf(text: string): string | undefined {
  const url = text.includes("://") ? text : `http://${isIPv6(text) ? `[${text}]` : text}`;
  return URL.canParse(url) ? new URL(url).hostname || undefined : undefined;
}

/** Parses an origin or URL; returns the origin as browsers send it, or undefined. */
export function originOf(text: string): string | undefined {
  const url = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(url)) return undefined;
  const { origin, protocol, host } = new URL(url);
  // Node.js gives other schemes, such as those of browser extensions, the origin "null"; browsers send a real one.
  return origin === "null" ? `${protocol}//${host}` : origin;
}
