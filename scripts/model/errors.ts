import { compareText } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { ErrorBodyFields, ErrorCode, Errors, Method, Model, Property, Shape } from "./api.js";
import { toPascal } from "./names/words.js";
import { reasonOf } from "./reasons.js";
import type { SchemaReader } from "./schema.js";

/** Combines the error responses of all operations, with one class for each status. */
export function readErrors(
  reader: SchemaReader,
  root: Node,
  methods: readonly Method[],
  modelOf: (name: string) => { readonly node: Node; readonly model: Pick<Model, "shape"> },
): Errors {
  const codes = root
    .entries("x-contract-errors")
    .map(
      ([code, row]): ErrorCode => ({
        code,
        status: row.number("status") ?? 0,
        retryable: row.flag("retryable"),
        noSideEffects: row.flag("noSideEffects"),
        description: row.text("description") ?? "",
      }),
    )
    .sort((left, right) => left.status - right.status || compareText(left.code, right.code));
  const failures = methods.flatMap((method) => method.failures);
  const numbers = failures.flatMap(({ status }) => (typeof status === "number" ? status : []));
  const statuses = [...new Set(numbers)].sort((left, right) => left - right);
  const bodies = count(failures.flatMap(({ body }) => (body?.kind === "ref" ? body.model : [])));
  const usualBody = bodies[0];
  return {
    statuses: statuses.map((status) => ({
      status,
      className: errorClass(status),
      reason: reasonOf(status),
      bodies: count(
        failures.flatMap((one) =>
          one.status === status && one.body !== undefined ? JSON.stringify(one.body) : [],
        ),
      ).map((body): Shape => JSON.parse(body)),
      codes: codes.filter((row) => row.status === status).map(({ code }) => code),
    })),
    codes,
    bodies: bodies.flatMap((name) => readFields(reader, name, modelOf(name))),
    ...(usualBody !== undefined && { usualBody }),
  };
}

/** The class name of a status: `NotFoundError` for 404 Not Found, `InternalServerError` for 500. */
function errorClass(status: number): string {
  return `${toPascal(reasonOf(status)).replace(/Error$/, "")}Error`;
}

function readFields(
  reader: SchemaReader,
  name: string,
  { node, model }: { readonly node: Node; readonly model: Pick<Model, "shape"> },
): ErrorBodyFields[] {
  const declared = node.get("x-contract-error-body");
  if (declared === undefined) return [];
  const code = requiredText(model.shape, declared.text("code"));
  const message = requiredText(model.shape, declared.text("message"));
  if (code === undefined || message === undefined) {
    reader.problems.add(
      declared.at,
      JSON.stringify(declared.value),
      "names of required string properties",
    );
    return [];
  }
  return [{ model: name, code: code.name, message: message.name }];
}

function requiredText(shape: Shape, wireName: string | undefined): Property | undefined {
  if (shape.kind !== "object") return undefined;
  return shape.properties.find(
    (one) => one.wireName === wireName && one.required && one.shape.kind === "string",
  );
}

/** Distinct names, the most frequent first, then by name. */
function count(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([left, many], [right, more]) => more - many || compareText(left, right))
    .map(([name]) => name);
}
