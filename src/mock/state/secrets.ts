import { createHash } from "node:crypto";

/** Prefix of every secret of the mock, so that it cannot be mistaken for one of S2. */
const mark = "not-a-real-";

/** The default root token, which may do everything. */
export const defaultRootToken: string = `${mark}root-token`;

/**
 * Generates the secret of a token. The same ids issued in the same order get the same secrets in every run, but
 * different ones in each realm.
 */
export function fakeSecret(id: string, count: number, realm: string): string {
  const hash = createHash("sha256").update(`${realm}:${count}:${id}`).digest("hex").slice(0, 16);
  return `${mark}secret-${String(count).padStart(10, "0")}-${hash}`;
}

/**
 * Whether a bearer token may be a secret of the real service. The form of these is not documented, so any long,
 * random-looking string counts that does not contain a word such as `fake` or `test`.
 */
export function looksReal(bearer: string): boolean {
  if (/not-a-real|fake|mock|test|dummy|example|sample/i.test(bearer)) return false;
  const isEncoded = /^[A-Za-z0-9+/_.=-]{32,}$/.test(bearer);
  return isEncoded && /[a-z]/.test(bearer) && /[A-Z]/.test(bearer) && /\d/.test(bearer);
}

/** Checks a bearer token for the mock; returns what is wrong with it, or undefined. */
export function faultOfBearer(bearer: unknown): string | undefined {
  if (typeof bearer !== "string" || !/^[\x21-\x7e]+$/.test(bearer)) {
    return "expected visible ASCII characters, without spaces";
  }
  if (!looksReal(bearer)) return undefined;
  return "this looks like a token of the real service; to keep those out of test logs, use one that contains a word such as fake";
}
