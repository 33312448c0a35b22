import { expect, test } from "vitest";
import type { Json } from "../../scripts/model/api.js";
import { readSubjects, type Subjects } from "./subject.js";

const values: readonly Json[] = ["a", 1.5, true, null, ["a", 1], { a: "b" }];

/** Limits, and the type of the values that they limit. All others satisfy them. */
const limits: readonly (readonly [Json, string])[] = [
  [{ minLength: 5 }, "string"],
  [{ maxLength: 0 }, "string"],
  [{ pattern: "^x" }, "string"],
  [{ contentEncoding: "base64" }, "string"],
  [{ minimum: 5 }, "number"],
  [{ maximum: 0 }, "number"],
  [{ exclusiveMinimum: 5 }, "number"],
  [{ exclusiveMaximum: 0 }, "number"],
  [{ multipleOf: 2 }, "number"],
  [{ minItems: 3 }, "array"],
  [{ maxItems: 1 }, "array"],
  [{ uniqueItems: true }, "array"],
  [{ required: ["x"] }, "object"],
  [{ minProperties: 2 }, "object"],
  [{ maxProperties: 0 }, "object"],
];

test.each(
  limits.map(([limit, type]) => ({ limit, type, name: Object.keys(Object(limit)).join() })),
)(
  "$name without a type limits each $type, and takes every other value",
  async ({ limit, type }) => {
    const others = values.filter((value) => typeOf(value) !== type);
    const wrappers: readonly [string, Json, (value: Json) => Json][] = [
      ["Whole", limit, (value) => value],
      ["Property", { type: "object", properties: { p: limit } }, (p) => ({ p })],
      ["Items", { type: "array", items: limit }, (value) => [value]],
      ["Values", { type: "object", additionalProperties: limit }, (v) => ({ v })],
      ["Branch", { anyOf: [limit, { type: "string" }] }, (value) => value],
      ["Part", { allOf: [limit, { description: "More." }] }, (value) => value],
    ];
    const schemas = Object.fromEntries(wrappers.map(([name, schema]) => [name, schema]));
    const subjects = await readSubjects({ components: { schemas } });
    for (const [name, , wrap] of wrappers) {
      for (const value of others.map(wrap)) expect(passed(subjects, name, value)).toEqual(value);
    }
  },
);

/** A value after decoding and encoding, where the schema has codecs. */
function passed(subjects: Subjects | undefined, schema: string, value: Json): unknown {
  const subject = subjects?.subjects.find((one) => one.schema === schema);
  return subject === undefined ? value : subject.encode(subject.decode(value));
}

function typeOf(value: Json): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
