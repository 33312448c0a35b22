import type { Node } from "../spec/node.js";
import type { Answer, Failure } from "./api.js";
import { json, type OperationContext } from "./context.js";
import type { SchemaReader } from "./schema.js";

/** Reads the success answers of an operation, which have one shape. */
export function readAnswer({ reader }: OperationContext, node: Node): Answer {
  const successes = node.entries("responses").filter(([status]) => /^2\d\d$/.test(status));
  const [first] = successes;
  if (first === undefined) {
    reader.problems.add(
      node.at,
      "an operation without a success answer",
      "at least one 2xx status",
    );
    return { statuses: [], description: "", otherMediaTypes: [] };
  }
  const shapes = successes.map(([, response]) => {
    const content = response.resolve()?.get("content");
    const schema = content?.get(json)?.get("schema");
    if (schema === undefined && content !== undefined && content.entries().length > 0) {
      const types = content.entries().map(([type]) => type);
      reader.problems.add(
        content.at,
        `an answer of ${types.join(", ")} alone`,
        `${json}, alone or beside others`,
      );
    }
    return schema === undefined ? undefined : reader.shape(schema);
  });
  const [shape] = shapes;
  if (shapes.some((other) => JSON.stringify(other) !== JSON.stringify(shape))) {
    reader.problems.add(
      [...node.at, "responses"],
      "success answers of different shapes",
      "one shape for all 2xx statuses",
    );
  }
  const others = successes.flatMap(([, response]) => response.resolve()?.entries("content") ?? []);
  return {
    statuses: successes.map(([status]) => Number(status)),
    description: first[1].resolve()?.text("description") ?? "",
    ...(shape !== undefined && { shape }),
    otherMediaTypes: [...new Set(others.map(([type]) => type))].filter((type) => type !== json),
  };
}

/** Reads the error answers of an operation. */
export function readFailures({ reader }: OperationContext, node: Node): Failure[] {
  const { problems } = reader;
  return node.entries("responses").flatMap(([status, unresolved]): Failure[] => {
    if (/^2\d\d$/.test(status)) return [];
    const response = unresolved.resolve() ?? unresolved;
    if (!/^[45]\d\d$/.test(status)) {
      problems.add(unresolved.at, `the status ${status}`, "single statuses: 2xx, 4xx and 5xx");
      return [];
    }
    const types = response.entries("content");
    const shape = types
      .map(([, content]) => content.get("schema"))
      .map((schema) => schema && reader.shape(schema))[0];
    if (types.some(([type]) => type !== json) || (types.length > 0 && shape?.kind !== "ref")) {
      problems.add(
        response.at,
        "an error body that is not one named JSON schema",
        `${json} with a $ref to a schema`,
      );
    }
    return [
      {
        status: Number(status),
        description: response.text("description") ?? "",
        codes: readCodes(reader, response, Number(status)),
        ...(shape?.kind === "ref" && { body: shape.model }),
      },
    ];
  });
}

function readCodes({ problems }: SchemaReader, response: Node, status: number): string[] {
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
        ? `a code of status ${status}, of which there is none`
        : `codes of status ${status}: ${known.join(", ")}`,
    );
  }
  return codes;
}
