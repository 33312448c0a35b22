import { invalidValues } from "../cases/invalid-values.js";
import { locate, typesOf } from "../cases/schema.js";
import { validValues } from "../cases/valid-values.js";
import { nameOf, toPointer, type ValueCase, wireOf } from "../cases/value-case.js";
import type { JsonObject } from "../read-document.js";
import type { Check, Reference } from "./check.js";
import { claim } from "./claim.js";
import { type Part, partIn, partsOf, touchOf } from "./parts.js";

/** What the document itself must accept and refuse, by its schemas alone. */
export function schemaChecks({ contract }: Reference): readonly Check[] {
  return partsOf(contract).flatMap((part) => [
    ...valuesOf(contract.document, part).map((one): Check => {
      const { suite, key } = named(part);
      return {
        suite,
        name: `${key} accepts ${nameOf(one)}`,
        touches: [touchOf(part, wireOf(one))],
        run: ({ contract, judge }) => {
          const verdict = judge.verdict(partIn(contract, part.key).schemaPointer, wireOf(one));
          claim(verdict.length === 0, () => `refused: ${JSON.stringify(verdict)}`);
        },
      };
    }),
    ...invalidValues(contract.document, part.schemaPointer).map((one): Check => {
      const { suite, key } = named(part);
      return {
        suite,
        name: `${key} refuses ${nameOf(one)}`,
        touches: [touchOf(part)],
        run: ({ contract, judge }) => {
          const verdict = judge.verdict(partIn(contract, part.key).schemaPointer, wireOf(one));
          // Two keywords may refuse the same value; each must do its part.
          const place = placeOf(one);
          const found = verdict.some(
            ({ keyword, instancePath }) => keyword === one.constraint && instancePath === place,
          );
          claim(found, () => `not refused by ${one.constraint}: ${JSON.stringify(verdict)}`);
        },
      };
    }),
  ]);
}

/** Values at the edge of what a part allows, those that can travel there, and the examples of the part. */
export function acceptable(document: JsonObject, part: Part): readonly ValueCase[] {
  return valuesOf(document, part).filter((one) => travels(document, part, one));
}

function valuesOf(document: JsonObject, { schemaPointer, examples }: Part): readonly ValueCase[] {
  return [
    ...validValues(document, schemaPointer),
    ...examples.map(({ name, value, pointer }): ValueCase => {
      const what = `example ${name}`;
      return { what, pointer, constraint: "examples", base: value, path: [], value };
    }),
  ];
}

/** Values just beyond what a part allows, those that can travel there. */
export function refusable(document: JsonObject, part: Part): readonly ValueCase[] {
  return invalidValues(document, part.schemaPointer).filter((one) => travels(document, part, one));
}

/** Whether a value is wrong on the wire alone: a date is a text there, and callers may give its milliseconds. */
export function isMoment(document: JsonObject, { pointer, value }: ValueCase): boolean {
  return typeof value === "number" && locate(document, pointer).schema["format"] === "date-time";
}

/** Where Ajv says that a value is wrong: of a missing property, the object that lacks it. */
function placeOf({ constraint, path }: ValueCase): string {
  return toPointer(constraint === "required" ? path.slice(0, -1) : path);
}

/** Parameters and headers travel as texts, so that a number for a text or null cannot be told from a text. */
function travels(document: JsonObject, part: Part, { value }: ValueCase): boolean {
  if (part.kind === "body" || part.kind === "answer") return true;
  if (typeof value === "string") return true;
  const isText = typesOf(locate(document, part.schemaPointer).schema).includes("string");
  return !isText && typeof value === "number";
}

function named({ kind, key }: Part): { readonly suite: Check["suite"]; readonly key: string } {
  return { suite: kind === "body" || kind === "parameter" ? "requests" : "answers", key };
}
