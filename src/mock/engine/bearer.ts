/**
 * The bearer token of a request. The case of its scheme does not matter (RFC 9110 §11.1).
 *
 * @returns undefined if there is no token, or it has another scheme
 */
export function bearerOf(headers: Readonly<Record<string, string>>): string | undefined {
  const { authorization = "" } = headers;
  if (!/^bearer\s/i.test(authorization)) return undefined;
  return authorization.slice("bearer".length).trimStart() || undefined;
}
