import { childPointers, locate, unionOf } from "./cases/schema.js";
import type { Touch } from "./checks/check.js";
import type { Judge } from "./checks/judge.js";
import { type Part, partsOf } from "./checks/parts.js";
import {
  type Contract,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from "./read-document.js";
import { propertiesOf } from "./wire-values.js";

/** What is counted, in the order of the table. */
export const kinds = [
  "operations",
  "statuses",
  "examples",
  "parameters",
  "properties",
  "enum values",
  "union branches",
] as const;

/** A key of {@link kinds}. */
export type Kind = (typeof kinds)[number];

/** Things of a contract, by kind. */
export type Elements = Readonly<Record<Kind, ReadonlySet<string>>>;

/** Everything of a contract that can be exercised. */
export function elementsOf(contract: Contract): Elements {
  const parts = partsOf(contract);
  const schemas = parts.flatMap(({ schemaPointer }) => {
    return [...membersOf(contract.document, schemaPointer, new Set())];
  });
  return sets([
    ...contract.operations.flatMap(({ operationId, responses }) => [
      element("operations", operationId),
      ...responses.map(({ status }) => element("statuses", `${operationId} ${status}`)),
    ]),
    ...parts.flatMap((part) => [
      ...(part.kind === "parameter" ? [element("parameters", part.key)] : []),
      ...part.examples.map(({ name }) => element("examples", `${part.key}: ${name}`)),
    ]),
    ...schemas,
  ]);
}

/** What these checks exercise of it. */
export function touchedOf(contract: Contract, judge: Judge, touches: readonly Touch[]): Elements {
  const parts = new Map(partsOf(contract).map((part) => [part.key, part]));
  return sets(
    touches.flatMap(({ operationId, status, part: key = "", value }) => {
      const part = parts.get(key);
      return [
        element("operations", operationId),
        ...(status === undefined ? [] : [element("statuses", `${operationId} ${status}`)]),
        ...(part === undefined ? [] : partTouched(contract.document, judge, part, value)),
      ];
    }),
  );
}

type Element = readonly [kind: Kind, name: string];

function partTouched(
  document: JsonObject,
  judge: Judge,
  part: Part,
  value: Json | undefined,
): readonly Element[] {
  if (value === undefined) return [];
  const text = JSON.stringify(value);
  return [
    ...(part.kind === "parameter" ? [element("parameters", part.key)] : []),
    ...part.examples
      .filter((example) => JSON.stringify(example.value) === text)
      .map(({ name }) => element("examples", `${part.key}: ${name}`)),
    ...valueTouched(document, judge, part.schemaPointer, value),
  ];
}

/** The properties, enum values and branches that a schema has, each schema once. */
function* membersOf(
  document: JsonObject,
  pointer: string,
  seen: Set<string>,
): Generator<Element, void, undefined> {
  const { pointer: at, schema } = locate(document, pointer);
  if (seen.has(at)) return;
  seen.add(at);
  const union = unionOf(schema);
  if (union !== undefined) {
    for (const [, branch] of childPointers(at, union.keyword, union.branches)) {
      yield element("union branches", branch);
      yield* membersOf(document, branch, seen);
    }
    return;
  }
  for (const [, value] of childPointers(at, "enum", schema["enum"])) {
    yield element("enum values", value);
  }
  for (const [, member] of childPointers(at, "properties", propertiesOf(schema))) {
    yield element("properties", member);
    yield* membersOf(document, member, seen);
  }
  if (schema["items"] !== undefined) yield* membersOf(document, `${at}/items`, seen);
}

function valueTouched(
  document: JsonObject,
  judge: Judge,
  pointer: string,
  value: Json,
): readonly Element[] {
  const { pointer: at, schema } = locate(document, pointer);
  const union = unionOf(schema);
  if (union !== undefined) {
    return childPointers(at, union.keyword, union.branches)
      .filter(([, branch]) => judge.verdict(branch, value).length === 0)
      .flatMap(([, branch]) => [
        element("union branches", branch),
        ...valueTouched(document, judge, branch, value),
      ]);
  }
  if (isJsonArray(value)) {
    // Long lists repeat themselves.
    return value.slice(0, 30).flatMap((item) => valueTouched(document, judge, `${at}/items`, item));
  }
  if (isJsonObject(value)) {
    return childPointers(at, "properties", propertiesOf(schema)).flatMap(([name, member]) => {
      const inner = value[name];
      if (inner === undefined) return [];
      return [element("properties", member), ...valueTouched(document, judge, member, inner)];
    });
  }
  const values = isJsonArray(schema["enum"]) ? schema["enum"] : [];
  return childPointers(at, "enum", values)
    .filter(([index]) => values[Number(index)] === value)
    .map(([, where]) => element("enum values", where));
}

function element(kind: Kind, name: string): Element {
  return [kind, name];
}

function sets(elements: readonly Element[]): Elements {
  return byKind(
    (kind) => new Set(elements.filter(([one]) => one === kind).map(([, name]) => name)),
  );
}

/** Something of each kind. */
export function byKind<T>(of: (kind: Kind) => T): Readonly<Record<Kind, T>> {
  return {
    operations: of("operations"),
    statuses: of("statuses"),
    examples: of("examples"),
    parameters: of("parameters"),
    properties: of("properties"),
    "enum values": of("enum values"),
    "union branches": of("union branches"),
  };
}
