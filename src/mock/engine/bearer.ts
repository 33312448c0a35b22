/**
 * The bearer that a request carries, whatever the case of its scheme (RFC 9110 §11.1).
 *
 * @returns undefined where there is none, or another scheme
 */
export function bearerOf(headers: Readonly<Record<string, string>>): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(headers["authorization"] ?? "")?.[1];
}
