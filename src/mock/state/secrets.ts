import { createHash } from "node:crypto";

/** What every secret of the mock starts with, so that nobody takes it for one of S2. */
const mark = "not-a-real-";

/** The bearer that may do everything, unless another is given. */
export const defaultRootToken: string = `${mark}root-token`;

/**
 * The secret of a token: the same ids issued in the same order get the same secrets, in every run, and others in every
 * realm.
 */
export function fakeSecret(id: string, count: number, realm: string): string {
  const hash = createHash("sha256").update(`${realm}:${count}:${id}`).digest("hex").slice(0, 16);
  return `${mark}secret-${String(count).padStart(10, "0")}-${hash}`;
}

/**
 * Whether a bearer may be a secret of the real service, which has no business here. Nothing is known of their form:
 * what is long, random to look at and does not say that it is fake is taken for one.
 */
export function looksReal(bearer: string): boolean {
  if (/not-a-real|fake|mock|test|dummy|example|sample/i.test(bearer)) return false;
  const isEncoded = /^[A-Za-z0-9+/_.=-]{32,}$/.test(bearer);
  return isEncoded && /[a-z]/.test(bearer) && /[A-Z]/.test(bearer) && /\d/.test(bearer);
}

/** What a bearer can be at a mock; otherwise, what is wrong with it. */
export function faultOfBearer(bearer: unknown): string | undefined {
  if (typeof bearer !== "string" || !/^[\x21-\x7e]+$/.test(bearer)) {
    return "expected visible ASCII characters, without spaces";
  }
  if (!looksReal(bearer)) return undefined;
  return "this looks like a token of the real service, which a mock must not be given; take one that says that it is fake";
}
