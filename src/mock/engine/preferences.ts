import type { IHttpOperationConfig } from "@stoplight/prism-http";
import { getHttpConfigFromRequest } from "@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js";
import { isLeft } from "fp-ts/lib/Either.js";
import { refuseItself } from "./refusals.js";
import type { EngineRequest } from "./request.js";

/**
 * The answer that a request asks for by `Prefer` (or `__code` and the like in its query), read by Prism's own reader.
 *
 * @returns undefined where it asks for none
 * @throws {Refusal} what it asks for cannot be read.
 */
export function readPreferences({
  headers,
  query,
}: EngineRequest): IHttpOperationConfig | undefined {
  const read = getHttpConfigFromRequest({ headers: { ...headers }, url: { path: "", query } });
  if (isLeft(read)) {
    throw refuseItself(422, "bad_prefer", `Prefer cannot be read: ${read.left.detail}`);
  }
  const given = Object.entries(read.right).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : { dynamic: false, ...Object.fromEntries(given) };
}
