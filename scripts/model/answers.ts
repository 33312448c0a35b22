import type { Node } from "../spec/node.js";
import type { Answer, AnswerCase, Failure, HttpMethod, MediaBody } from "./api.js";
import type { OperationContext } from "./context.js";
import { type Media, mediaOf } from "./media.js";
import { isSuccess, readResponseHeaders, successesOf } from "./response-headers.js";
import type { SchemaReader } from "./schema.js";

/** Reads the success responses of an operation. */
export function readAnswer(context: OperationContext, node: Node, http: HttpMethod): Answer {
  const { reader } = context;
  const headers = readResponseHeaders(context, node);
  const successes = successesOf(node);
  if (successes.length === 0) return { ...undeclaredAnswer(reader, node, http), headers };
  const read = successes.map(([key, response]) => {
    // A response to HEAD never has a body, even if the document declares one (RFC 9110 §9.3.2).
    const isBare = http === "head" || /^(204|205|3..)$/.test(key);
    const media = isBare ? [] : mediaOf(response.get("content"));
    const bodies = media.map((one) => mediaBody(reader, one));
    return { status: statusOf(key), description: response.text("description") ?? "", bodies };
  });
  // The main response is the first success with a body.
  const first = read.find(({ bodies }) => bodies.length > 0) ?? read[0];
  const [body, ...others] = first?.bodies ?? [];
  const casesOf = (chosen: MediaBody | undefined): AnswerCase[] =>
    read.flatMap(({ status, bodies }): AnswerCase[] => {
      const same = bodies.find(({ mediaType }) => mediaType === chosen?.mediaType) ?? bodies[0];
      if (JSON.stringify(same) === JSON.stringify(chosen)) return [];
      return [{ status, ...(same !== undefined && { body: whole(same) }) }];
    });
  return {
    statuses: read.map(({ status }) => status),
    description: first?.description ?? "",
    ...(body !== undefined && { body }),
    headers,
    cases: casesOf(body),
    others: others.map((other) => ({ ...other, cases: casesOf(other) })),
  };
}

/**
 * Turns a streamed body into a whole one if other statuses have a body of another kind: a call must choose how to read
 * the body before it knows the status.
 */
function whole(body: MediaBody): MediaBody {
  const isStream = body.kind === "lines" || body.kind === "events";
  return isStream ? { ...body, kind: "text", shape: { kind: "string", limits: {} } } : body;
}

/** For an operation without a declared success, every 2xx is one. Its body is that of `default`, as in Swagger 2.0. */
function undeclaredAnswer(
  reader: SchemaReader,
  node: Node,
  http: HttpMethod,
): Omit<Answer, "headers"> {
  reader.problems.warn(
    node.at,
    "an operation without a success response",
    "at least one 2xx status; without one, every 2xx is a success",
  );
  const response = node.get("responses")?.get("default")?.resolve();
  const media = http === "head" ? [] : mediaOf(response?.get("content"));
  const [body, ...others] = media.map((one) => mediaBody(reader, one));
  return {
    statuses: ["2XX"],
    description: response?.text("description") ?? "",
    ...(body !== undefined && { body }),
    cases: [],
    others: others.map((other) => ({ ...other, cases: [] })),
  };
}

function mediaBody(reader: SchemaReader, { type, kind, schema }: Media): MediaBody {
  if (kind === "binary") return { mediaType: type, kind, shape: { kind: "binary" } };
  // Forms are returned as text: callers can parse them with `URLSearchParams` or `Response`.
  if (kind === "text" || kind === "form") {
    return { mediaType: type, kind: "text", shape: { kind: "string", limits: {} } };
  }
  if (kind === "multipart") return { mediaType: type, kind: "binary", shape: { kind: "binary" } };
  const shape = schema === undefined ? reader.anything() : reader.shape(schema);
  return { mediaType: type, kind, shape };
}

/** Reads the error responses of an operation. */
export function readFailures({ reader }: OperationContext, node: Node): Failure[] {
  return node.entries("responses").flatMap(([key, unresolved]): Failure[] => {
    if (isSuccess(key)) return [];
    const response = unresolved.resolve() ?? unresolved;
    if (!/^([45](\d\d|XX)|default)$/i.test(key)) {
      const supported = "2xx, 3xx, 4xx and 5xx, their ranges such as 4XX, and default";
      reader.problems.warn(unresolved.at, `the status ${key}, which is ignored`, supported);
      return [];
    }
    const status = statusOf(key);
    const body = mediaOf(response.get("content")).find(({ kind }) => kind === "json");
    return [
      {
        status,
        description: response.text("description") ?? "",
        codes: readCodes(reader, response, status),
        ...(body?.schema !== undefined && { body: reader.shape(body.schema) }),
      },
    ];
  });
}

/** A status as a number, a range in capitals such as `4XX`, or `default`. */
function statusOf(key: string): number | string {
  if (/^\d+$/.test(key)) return Number(key);
  return key.toLowerCase() === "default" ? "default" : key.toUpperCase();
}

function readCodes({ problems }: SchemaReader, response: Node, status: number | string): string[] {
  const codes = response.texts("x-contract-error-codes");
  const table = response.root().get("x-contract-errors");
  const known = (table?.entries() ?? []).flatMap(([code, row]) =>
    row.number("status") === status ? code : [],
  );
  for (const [index, code] of codes.entries()) {
    if (known.includes(code)) continue;
    const row = table?.get(code);
    const found =
      row === undefined
        ? "is not in x-contract-errors"
        : `has status ${row.number("status")} there`;
    problems.add(
      [...response.at, "x-contract-error-codes", String(index)],
      `the code ${code}, which ${found}`,
      known.length === 0
        ? `a code of status ${status}; x-contract-errors has none`
        : `codes of status ${status}: ${known.join(", ")}`,
    );
  }
  return codes;
}
