import type { IHttpOperationConfig } from "@stoplight/prism-http";
import { getHttpConfigFromRequest } from "@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js";
import { isLeft } from "fp-ts/lib/Either.js";
import { refuseItself } from "./refusals.js";
import type { EngineRequest } from "./request.js";

/** The preferences that Prism reads, by name. */
const allowed: Readonly<Record<string, string>> = {
  code: "the three digits of a status",
  dynamic: "true or false",
  example: "the name of an example",
  seed: "any string",
};

/**
 * Reads which response a request asks for by `Prefer` (or by `__code` and the like in its query), with Prism's parser.
 *
 * @returns undefined if it does not ask
 * @throws {Refusal} if the preferences cannot be parsed.
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

/** Makes one line of Prism's message, a tree of several lines with the name of each wrong property in quotes. */
function inWords(drawn: string, isHeader: boolean): string {
  const [place, prefix, example] = isHeader
    ? ["Prefer", "", "code=429, dynamic=true"]
    : ["The query", "__", "__code=429&__dynamic=true"];
  const wrong = [...drawn.matchAll(/property "(\w+)"/g)].map(([, name]) => `${prefix}${name}`);
  const all = Object.entries(allowed).map(([name, form]) => `${prefix}${name} (${form})`);
  return `${place} cannot be read at ${wrong.join(" and ")}: expected ${all.join(", ")}, as in ${example}`;
}
