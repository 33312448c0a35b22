import type { Ajv2020, ValidateFunction } from "ajv/dist/2020.js";
import type { Json, Shape } from "../../scripts/model/api.js";
import { isObject } from "../../scripts/spec/canonical.js";
import { type Allowed, allowedBy, difference } from "./compare.js";
import { readSubjects, type Subject } from "./subject.js";
import { validator } from "./validator.js";
import { seeded, ValueMaker } from "./values.js";

/** What the codecs of a document did with values that a validator accepts, and with some that it refuses. */
export interface Proof {
  readonly schemas: number;
  readonly accepted: number;
  readonly refused: number;
  /** Schemas for which no value was found, or that the validator does not compile. */
  readonly untried: readonly string[];
  /** Schemas that the generator refuses. */
  readonly left: readonly string[];
  /** Values that were lost, changed or wrongly judged: the schema, what happened, the value. */
  readonly losses: readonly string[];
}

/**
 * Compares the codecs of every schema of a document with Ajv: a value that Ajv accepts comes back from decode and encode
 * as it was, apart from what is documented; a value with a wrong type at a place that codecs check is refused there.
 *
 * @param runs - how many values are made for each schema
 */
export async function prove(document: Json, runs: number, seed: number): Promise<Proof> {
  const found = await readSubjects(document);
  if (found === undefined) {
    return { schemas: 0, accepted: 0, refused: 0, untried: [], left: [], losses: [] };
  }
  const allowed = allowedBy(found.api);
  const ajv = validator(found.document);
  const untried: string[] = [];
  const losses: string[] = [];
  let accepted = 0;
  let refused = 0;
  for (const [index, subject] of found.subjects.entries()) {
    const accepts = compile(ajv, subject.schema);
    if (accepts === undefined) {
      untried.push(`${subject.schema} (not compiled by the validator)`);
      continue;
    }
    const random = seeded(seed + index);
    const maker = new ValueMaker(found.document, random);
    const lose = (what: string, value: Json): void => {
      if (losses.length < 1000)
        losses.push(`${subject.schema}: ${what}: ${JSON.stringify(value).slice(0, 400)}`);
    };
    let tried = 0;
    for (let run = 0; run < runs; run += 1) {
      const value = maker.make({ $ref: `#/components/schemas/${pointerKey(subject.schema)}` });
      if (!accepts(value)) continue;
      tried += 1;
      const problem = roundTrip(subject, value, allowed);
      if (problem !== undefined) lose(problem, value);
      const wrong = spoil(value, subject.model.shape, random);
      if (wrong === undefined || accepts(wrong.value)) continue;
      refused += 1;
      const at = refusal(subject, wrong.value);
      if (at !== wrong.at)
        lose(`${wrong.at} is wrong, and ${at ?? "nothing"} is refused`, wrong.value);
    }
    accepted += tried;
    if (tried === 0) untried.push(subject.schema);
  }
  return {
    schemas: found.subjects.length,
    accepted,
    refused,
    untried,
    left: found.refused,
    losses,
  };
}

/** What went wrong with a value that the validator accepts; `undefined` where it came back as it was. */
function roundTrip({ decode, encode }: Subject, value: Json, allowed: Allowed): string | undefined {
  let model: unknown;
  try {
    model = decode(value);
  } catch (error) {
    return `decode refuses ${placeOf(error)}: ${error}`;
  }
  try {
    const sent: Json = JSON.parse(JSON.stringify(encode(model)));
    return difference(value, sent, allowed);
  } catch (error) {
    // What a response does not have must be added before it can be sent.
    const place = placeOf(error);
    if (allowed.written.has(place.slice(place.lastIndexOf("/") + 1))) return undefined;
    return `encode refuses ${place}: ${error}`;
  }
}

function placeOf(error: unknown): string {
  return String(Reflect.get(Object(error), "pointer"));
}

/** The place that a decoder refuses. */
function refusal({ decode }: Subject, value: Json): string | undefined {
  try {
    decode(value);
    return undefined;
  } catch (error) {
    return placeOf(error);
  }
}

/** A value with a wrong type at one place that a decoder checks: a member of an object that is not behind a union. */
function spoil(
  value: Json,
  shape: Shape,
  random: () => number,
  at = "",
): { readonly value: Json; readonly at: string } | undefined {
  switch (shape.kind) {
    case "string":
    case "dateTime":
      return { value: 5, at };
    case "number":
      return { value: "5", at };
    case "boolean":
      return { value: "true", at };
    case "array":
      return { value: { "0": true }, at };
    case "object": {
      if (!isObject(value)) return undefined;
      const there = shape.properties.filter(
        ({ wireName, access }) => access !== "write" && Object.hasOwn(value, wireName),
      );
      const property = there[Math.floor(random() * there.length)];
      if (property === undefined) return { value: [], at };
      const { wireName } = property;
      const key = wireName.replaceAll("~", "~0").replaceAll("/", "~1");
      const inner = spoil(value[wireName] ?? null, property.shape, random, `${at}/${key}`);
      if (inner === undefined) return undefined;
      const entries = Object.entries(value).map(([name, one]) => [
        name,
        name === wireName ? inner.value : one,
      ]);
      return { value: Object.fromEntries(entries), at: inner.at };
    }
    default:
      return undefined;
  }
}

function compile(ajv: Ajv2020, schema: string): ValidateFunction | undefined {
  try {
    return ajv.getSchema(`document#/components/schemas/${pointerKey(schema)}`);
  } catch {
    return undefined;
  }
}

function pointerKey(schema: string): string {
  return encodeURIComponent(schema.replaceAll("~", "~0").replaceAll("/", "~1"));
}
