/**
 * The bearer token of a request, whatever the case of its scheme (RFC 9110 §11.1).
 *
 * @returns undefined where there is none, or another scheme
 */
export function bearerOf(headers: Readonly<Record<string, string>>): string | undefined {
  const { authorization = "" } = headers;
  if (!/^bearer\s/i.test(authorization)) return undefined;
  return authorization.slice("bearer".length).trimStart() || undefined;
}
