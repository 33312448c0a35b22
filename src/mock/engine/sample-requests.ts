import { generateStatic } from "@stoplight/prism-http/dist/mocker/generator/JSONSchema.js";
import type {
  HttpSecurityScheme,
  IHttpContent,
  IHttpOperation,
  IHttpParam,
} from "@stoplight/types";
import { isRight } from "fp-ts/lib/Either.js";
import { isJsonObject } from "./json.js";

/** A request that an operation takes, made of the document's examples and schemas. */
export interface SampleRequest {
  /** In capitals. */
  readonly method: string;
  /** Path and query, without the base path. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * A request to an operation, with what that requires and no more.
 *
 * @param secret - what to send where the document asks for a credential
 */
export function sampleRequest(operation: IHttpOperation, secret: string): SampleRequest {
  const { request = {} } = operation;
  const required = (params: readonly IHttpParam[] = []): [string, string][] =>
    params
      .filter((one) => one.required === true)
      .map((one) => [one.name, textOf(sampleOf(operation, one))]);
  const path = required(request.path).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, () => encodeURIComponent(value || "1")),
    operation.path,
  );
  const credentials = credentialsOf(operation.security?.[0] ?? [], secret);
  const query = new URLSearchParams([...required(request.query), ...credentials.query]).toString();
  const { type, body } = sampleBody(operation);
  return {
    method: operation.method.toUpperCase(),
    target: query === "" ? path : `${path}?${query}`,
    headers: {
      ...Object.fromEntries(required(request.headers)),
      ...credentials.headers,
      ...(type !== undefined && { "content-type": type }),
    },
    body,
  };
}

function credentialsOf(
  schemes: readonly HttpSecurityScheme[],
  secret: string,
): { readonly headers: Record<string, string>; readonly query: [string, string][] } {
  const headers: Record<string, string> = {};
  const query: [string, string][] = [];
  for (const scheme of schemes) {
    if (scheme.type === "apiKey" && scheme.in === "query") query.push([scheme.name, secret]);
    else if (scheme.type === "apiKey" && scheme.in === "header") headers[scheme.name] = secret;
    else if (scheme.type === "http" && scheme.scheme === "basic") {
      headers["authorization"] = `Basic ${btoa(`user:${secret}`)}`;
    } else headers["authorization"] = `Bearer ${secret}`;
  }
  return { headers, query };
}

function sampleBody(operation: IHttpOperation): {
  readonly type: string | undefined;
  readonly body: string | undefined;
} {
  const { contents = [] } = operation.request?.body ?? {};
  const content = contents.find(({ mediaType }) => /\bjson\b/.test(mediaType)) ?? contents[0];
  if (content === undefined) return { type: undefined, body: undefined };
  const { mediaType } = content;
  const sample = sampleOf(operation, content);
  const isForm = mediaType === "application/x-www-form-urlencoded" && isJsonObject(sample);
  const pairs = isForm ? Object.entries(sample).map(([name, one]) => [name, textOf(one)]) : [];
  const body = isForm ? new URLSearchParams(pairs).toString() : JSON.stringify(sample ?? {});
  return { type: mediaType, body };
}

/** The first example or, without one, a value by the schema; undefined where there is none. */
function sampleOf(operation: IHttpOperation, { examples, schema }: IHttpContent): unknown {
  const [example] = examples ?? [];
  if (example !== undefined && "value" in example) return example.value;
  if (schema === undefined) return undefined;
  const sampled = generateStatic(operation, schema);
  return isRight(sampled) ? sampled.right : undefined;
}

/** A list as it is written most often. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(",");
  return isJsonObject(value) ? JSON.stringify(value) : String(value ?? "");
}
