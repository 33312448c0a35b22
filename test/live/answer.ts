import type { Judge } from "../contract/checks/judge.js";
import {
  type Contract,
  type ContractOperation,
  type ContractResponse,
  isJsonObject,
  type Json,
  valueAt,
} from "../contract/read-document.js";
import { shapeDifferences } from "./shape.js";

/** An answer as it came. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly hasBody: boolean;
  /** Undefined where it is no JSON. */
  readonly body: Json | undefined;
}

/** Headers of HTTP itself, of what stands between, and of mocks (the last one): they say nothing of the API. */
const usual: ReadonlySet<string> = new Set(
  `accept-ranges age allow alt-svc cache-control connection content-encoding content-length content-type date etag
  expires keep-alive last-modified nel pragma referrer-policy report-to server server-timing strict-transport-security
  trailer transfer-encoding vary via x-content-type-options x-frame-options
  sl-violations`.split(/\s+/),
);

/** What an answer has that the contract does not say of its operation, in words without values. */
export function answerDifferences(
  contract: Contract,
  judge: Judge,
  { responses }: ContractOperation,
  given: GivenAnswer,
): readonly string[] {
  const declared = responses.find(({ status }) => status === given.status);
  const headers = headerDifferences(declared, given.headers);
  if (declared === undefined) return ["this status is not declared", ...headers];
  return [...bodyDifferences(contract, judge, declared, given), ...headers];
}

function headerDifferences(
  declared: ContractResponse | undefined,
  given: Headers,
): readonly string[] {
  const listed = declared?.headers ?? [];
  const known = new Set(listed.map(({ name }) => name.toLowerCase()));
  const others = [...given.keys()].filter(
    (name) => !known.has(name) && !usual.has(name) && !name.startsWith("access-control-"),
  );
  const missing = listed.filter(({ name, required }) => required && !given.has(name));
  return [
    ...others.map((name) => `the header ${name} is not declared`),
    ...missing.map(({ name }) => `the header ${name} is required, and is missing`),
  ];
}

function bodyDifferences(
  contract: Contract,
  judge: Judge,
  { bodies: [declared], errorCodes }: ContractResponse,
  { headers, hasBody, body }: GivenAnswer,
): readonly string[] {
  if (declared === undefined) return hasBody ? ["has a body, and none is declared"] : [];
  if (!hasBody) return ["has no body, and one is declared"];
  const { schemaPointer, mediaType } = declared;
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const media = type === mediaType ? [] : [`the content type is not ${mediaType}`];
  if (body === undefined) return [...media, "the body is no JSON"];
  const { document } = contract;
  const shapes = shapeDifferences(document, valueAt(document, schemaPointer), body);
  return [
    ...media,
    ...shapes.map(({ pointer, what }) => `${pointer || "the body"}: ${what}`),
    // What a walk along the schema has told, the schema as a whole would tell again in other words.
    ...(shapes.some(({ what }) => !what.startsWith("unknown property"))
      ? []
      : judge
          .verdict(schemaPointer, body)
          .map(({ instancePath, keyword }) => `${anyIndex(instancePath)}: breaks ${keyword}`)),
    ...codeDifferences(errorCodes, body),
  ];
}

function codeDifferences(known: readonly string[], body: Json): readonly string[] {
  const code = isJsonObject(body) ? body["code"] : undefined;
  if (known.length === 0 || typeof code !== "string" || known.includes(code)) return [];
  const isWord = /^[a-z][a-z_]{0,39}$/.test(code);
  return [`the code ${isWord ? code : "(no word)"} is not declared`];
}

function anyIndex(instancePath: string): string {
  return instancePath.replaceAll(/\/\d+/g, "/*") || "the body";
}
