import { defaultBaseUrl } from "../../src/index.js";
import { toBaseUrl } from "../../src/runtime/endpoint.js";

/** Where to call, and as whom. */
export interface Settings {
  /** With the contract's base path, without a slash at its end. */
  readonly baseUrl: string;
  readonly accessToken: string;
}

/**
 * Reads `TARGET` and `S2_ACCESS_TOKEN`. There is no default for either: nobody's account is called by chance.
 *
 * @throws {TypeError} one of them is missing or wrong.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const { TARGET: target = "", S2_ACCESS_TOKEN: accessToken = "" } = environment;
  if (target === "") {
    throw new TypeError(
      "TARGET is not set: give the endpoint to call, such as TARGET=https://a.s2.dev; tokens are issued and revoked there",
    );
  }
  if (!/^[\x21-\x7e]+$/.test(accessToken)) {
    throw new TypeError(
      "S2_ACCESS_TOKEN is not set, or has characters that no header takes: give a token that may list, issue and revoke",
    );
  }
  return { baseUrl: baseUrlOf(target), accessToken };
}

function baseUrlOf(target: string): string {
  try {
    return toBaseUrl(target, { defaultBaseUrl, allowInsecureHttp: false, option: "TARGET" });
  } catch (error) {
    // The client has an option that allows it; here there is none.
    const words = error instanceof Error ? error.message : String(error);
    throw new TypeError(words.replace(" (allowInsecureHttp)", "; use https"));
  }
}
