import { isIPv6 } from "node:net";

/** A host as it stands in a URL. */
export function hostInUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** The host that a text means, in the form that headers of requests have it; undefined if it means none. */
export function hostOf(text: string): string | undefined {
  const url = text.includes("://") ? text : `http://${isIPv6(text) ? `[${text}]` : text}`;
  return URL.canParse(url) ? new URL(url).hostname || undefined : undefined;
}

/** The origin that a text means, in the form that browsers send it; undefined if it means none. */
export function originOf(text: string): string | undefined {
  const url = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(url)) return undefined;
  const { origin, protocol, host } = new URL(url);
  // Schemes that are not of the web, such as those of extensions, have no origin here but have one in browsers.
  return origin === "null" ? `${protocol}//${host}` : origin;
}
