import fc from "fast-check";
import { wantedVariables } from "../../scripts/emit/resource-scope.js";
import { membersIn } from "../../scripts/model/access.js";
import type {
  Api,
  Branch,
  MediaBody,
  Method,
  NumberLimits,
  Shape,
  StringLimits,
} from "../../scripts/model/api.js";

/** Deeper down, only what must be there is. */
const deep = 3;

/** What a caller could give to a method: every parameter, and a body in one of its media types. */
export function inputOf(api: Api, method: Method, body: MediaBody | undefined): unknown {
  const { input } = method;
  const usual = body === undefined || body.mediaType === input.body?.mediaType;
  if (input.typeName === undefined && usual) {
    return body === undefined ? undefined : bodyOf(api, body);
  }
  const variables = wantedVariables(method).map(({ property, values }) => [
    property,
    values[0] ?? "one",
  ]);
  const parameters = input.parameters.map(({ name, shape }) => [name, sampleOf(api, shape, 1)]);
  const given = Object.fromEntries([...variables, ...parameters]);
  if (body === undefined) return given;
  return usual && input.body?.placement === "input"
    ? { ...Object(bodyOf(api, body)), ...given }
    : { ...given, body: bodyOf(api, body) };
}

function bodyOf(api: Api, { kind, shape }: MediaBody): unknown {
  if (kind === "binary") return new Blob(["bytes"]);
  return kind === "lines" ? [sampleOf(api, shape, 0)] : sampleOf(api, shape, 0);
}

/** A value of a shape, as callers write it. */
function sampleOf(api: Api, shape: Shape, depth: number): unknown {
  switch (shape.kind) {
    case "string":
      return stringOf(shape.limits);
    case "dateTime":
      return new Date("2024-02-29T12:30:00Z");
    case "binary":
      return new Blob(["bytes"]);
    case "number":
      return numberOf(shape.limits, shape.integer);
    case "boolean":
      return true;
    case "enum":
    case "literal":
      return shape.values[0];
    case "null":
      return null;
    case "unknown":
      return "anything";
    case "array": {
      const least = shape.minItems ?? 0;
      const most = Math.min(shape.maxItems ?? 1, Math.max(least, depth < deep ? 1 : 0));
      return Array.from({ length: Math.max(least, most) }, () =>
        sampleOf(api, shape.items, depth + 1),
      );
    }
    case "tuple":
      return shape.items.map((item) => sampleOf(api, item, depth + 1));
    case "record":
      return depth < deep ? { some_key: sampleOf(api, shape.values, depth + 1) } : {};
    case "object":
      return objectOf(api, shape, depth);
    case "union":
      return branchOf(api, shape.branches, depth);
    case "nullable":
      return depth < deep ? sampleOf(api, shape.shape, depth) : null;
    case "ref":
      return sampleOf(api, modelOf(api, shape.model), depth);
  }
}

function objectOf(api: Api, shape: Shape & { kind: "object" }, depth: number): unknown {
  const members = membersIn("input", shape.properties)
    .filter(({ required, name }) => required || depth < deep || isRuled(shape, name))
    .map((one) => [one.name, sampleOf(api, one.shape, depth + 1)]);
  return Object.fromEntries(members);
}

function isRuled({ rules = [] }: Shape & { kind: "object" }, name: string): boolean {
  return rules.some((rule) =>
    rule.kind === "someOf" ? rule.names.includes(name) : rule.path[0] === name,
  );
}

/** Deep down, the branch that has least in it. */
function branchOf(api: Api, branches: readonly Branch[], depth: number): unknown {
  const scalar = branches.find(({ when }) => when.by === "type" && when.type !== "object");
  const branch = (depth < deep ? undefined : scalar) ?? branches[0];
  if (branch === undefined) return undefined;
  const value = sampleOf(api, branch.shape, depth);
  const { when } = branch;
  return when.by === "value" ? { ...Object(value), [when.name]: when.value } : value;
}

function modelOf({ models }: Api, name: string): Shape {
  return models.find((model) => model.name === name)?.shape ?? { kind: "unknown" };
}

function stringOf({
  pattern,
  minLength = 0,
  maxLength,
  minBytes = 0,
  not = [],
}: StringLimits): string {
  const fits = (text: string): boolean =>
    text.length >= minLength && text.length <= (maxLength ?? text.length) && !not.includes(text);
  if (pattern !== undefined) {
    const made = textsOf(pattern);
    return made.find((text) => fits(text) && text !== "") ?? made[0] ?? "";
  }
  const text = "text".padEnd(Math.max(minLength, minBytes), "x").slice(0, maxLength);
  return fits(text) ? text : `${text}x`;
}

/** No input is known that an operation takes. */
export class NoInput extends Error {}

function textsOf(pattern: string): readonly string[] {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { numRuns: 100, seed: 1 });
  } catch (error) {
    // It knows most of regular expressions, and says what it does not know.
    throw new NoInput(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(limits: NumberLimits, integer: boolean): number {
  const step = limits.multipleOf ?? (integer ? 1 : 0.5);
  const { maximum, exclusiveMinimum, exclusiveMaximum } = limits;
  // Beyond this, integers are not exact.
  const minimum =
    limits.minimum === undefined ? undefined : Math.max(limits.minimum, Number.MIN_SAFE_INTEGER);
  const low = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + step);
  if (low !== undefined) return Math.ceil(low / step) * step;
  const high = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - step);
  return high === undefined ? step : Math.floor(high / step) * step;
}
