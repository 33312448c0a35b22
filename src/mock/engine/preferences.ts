import type { IHttpOperationConfig } from "@stoplight/prism-http";
import { getHttpConfigFromRequest } from "@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js";
import { isLeft } from "fp-ts/lib/Either.js";
import { refuseItself } from "./refusals.js";
import type { EngineRequest } from "./request.js";

/** What Prism's reader takes, by name. */
const takes: Readonly<Record<string, string>> = {
  code: "the three digits of a status",
  dynamic: "true or false",
  example: "the name of an example",
  seed: "any text",
};

/**
 * The response that a request asks for by `Prefer` (or `__code` and the like in its query), read by Prism's own reader.
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
    const isHeader = headers["prefer"] !== undefined;
    throw refuseItself(422, "bad_prefer", inWords(read.left.detail, isHeader));
  }
  const given = Object.entries(read.right).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : { dynamic: false, ...Object.fromEntries(given) };
}

/** Prism draws a tree over several lines, with the name of each property that is wrong in quotes. */
function inWords(drawn: string, isHeader: boolean): string {
  const [place, prefix, example] = isHeader
    ? ["Prefer", "", "code=429, dynamic=true"]
    : ["The query", "__", "__code=429&__dynamic=true"];
  const wrong = [...drawn.matchAll(/property "(\w+)"/g)].map(([, name]) => `${prefix}${name}`);
  const all = Object.entries(takes).map(([name, words]) => `${prefix}${name} (${words})`);
  return `${place} cannot be read at ${wrong.join(" and ")}: it takes ${all.join(", ")}, as in ${example}`;
}
