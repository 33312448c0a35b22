import fc from "fast-check";
import type { Json } from "../../scripts/model/api.js";
import { isObject } from "../../scripts/spec/canonical.js";

/** A source of random numbers from 0 to 1. */
export type Random = () => number;

/** Random numbers that a seed decides (the generator mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Values of any kind, made once: what a schema that says nothing is tried with. */
const anything: readonly Json[] = fc
  .sample(fc.jsonValue({ maxDepth: 2, stringUnit: "grapheme-ascii" }), { numRuns: 40, seed: 7 })
  .map((value): Json => JSON.parse(JSON.stringify(value)));
const texts: readonly string[] = [
  "",
  "a",
  "text",
  "2024-02-29",
  "naïve 😀",
  ...fc.sample(fc.string({ maxLength: 12 }), { numRuns: 20, seed: 7 }),
];
/** Integers that a number of JavaScript holds rounded, as servers send them for 64 bits. */
const large: readonly number[] = [2 ** 53, 2 ** 63, -(2 ** 63), 2 ** 64];
const byFormat: Readonly<Record<string, readonly string[]>> = {
  "date-time": [
    "2024-02-29T12:30:00Z",
    "1999-12-31T23:59:59.5+02:00",
    "2030-01-01T00:00:00.123456Z",
  ],
  date: ["2024-02-29"],
  time: ["10:30:00Z"],
  uuid: ["0190163d-8694-739b-aea5-966c26f8ad90"],
  uri: ["https://example.com/a?b=c"],
  email: ["ada@example.com"],
  ipv4: ["192.0.2.1"],
  ipv6: ["2001:db8::1"],
  hostname: ["example.com"],
};

/** Makes values from the schemas of a document. Whether a schema accepts one is for a validator to say. */
export class ValueMaker {
  readonly #document: Json;
  readonly #random: Random;

  constructor(document: Json, random: Random) {
    this.#document = document;
    this.#random = random;
  }

  /** A value that a schema is likely to accept. */
  make(schema: Json, depth = 0, isPart = false): Json {
    if (!isObject(schema)) return this.#pick(anything);
    const subtype = isPart || depth > 6 ? undefined : this.#subtype(schema, depth);
    if (subtype !== undefined) return subtype;
    const { $ref, allOf, oneOf, anyOf, enum: values, example, examples } = schema;
    if (schema["const"] !== undefined) return schema["const"];
    const shown = [...(example === undefined ? [] : [example]), ...list(examples)];
    if (shown.length > 0 && this.#random() < 0.2) return this.#pick(shown);
    if (Array.isArray(values) && values.length > 0) return this.#pick(values);
    if (schema["nullable"] === true && this.#random() < 0.15) return null;
    const parts: Json[] = [];
    if (typeof $ref === "string") parts.push(this.make(this.#resolve($ref), depth + 1, isPart));
    for (const part of list(allOf)) parts.push(this.make(part, depth, true));
    for (const branches of [oneOf, anyOf]) {
      if (list(branches).length > 0)
        parts.push(this.make(this.#branch(list(branches), depth), depth + 1));
    }
    const type = this.#type(schema);
    if (type !== undefined || parts.length === 0) parts.push(this.#ofType(schema, type, depth));
    if (parts.every((part) => isObject(part))) {
      // What is required and declared nowhere may be anything.
      const names = isPart ? [] : list(schema["required"]);
      const more = names.map((name) => [name, this.#pick(anything)]);
      return Object.assign(Object.fromEntries(more), ...parts);
    }
    return parts.find((part) => !isObject(part)) ?? null;
  }

  /** A value of one of the subtypes that a base class maps. */
  #subtype(schema: { readonly [key: string]: Json }, depth: number): Json | undefined {
    const { discriminator = null, oneOf, anyOf } = schema;
    if (!isObject(discriminator) || oneOf !== undefined || anyOf !== undefined) return undefined;
    const { propertyName, mapping = null } = discriminator;
    const cases = isObject(mapping) ? Object.entries(mapping) : [];
    if (cases.length === 0 || typeof propertyName !== "string") return undefined;
    const [tag, target] = this.#pick(cases);
    const value = this.make(this.#resolve(String(target)), depth + 1, true);
    return isObject(value) ? { ...value, [propertyName]: tag } : value;
  }

  /** Deep down, a branch that ends. */
  #branch(branches: readonly Json[], depth: number): Json {
    const scalars = branches.filter(
      (one) => isObject(one) && !["object", "array", undefined].includes(String(one["type"])),
    );
    return this.#pick(depth > 4 && scalars.length > 0 ? scalars : branches);
  }

  #type(schema: { readonly [key: string]: Json }): string | undefined {
    const types = list(schema["type"]).map(String);
    if (types.length > 0) return this.#pick(types);
    if (["properties", "additionalProperties", "required"].some((key) => key in schema))
      return "object";
    return "items" in schema ? "array" : undefined;
  }

  #ofType(schema: { readonly [key: string]: Json }, type: string | undefined, depth: number): Json {
    switch (type) {
      case "null":
        return null;
      case "boolean":
        return this.#random() < 0.5;
      case "string":
        return this.#string(schema);
      case "integer":
      case "number":
        return this.#number(schema, type);
      case "array":
        return this.#array(schema, depth);
      case "object":
        return this.#object(schema, depth);
      default:
        return this.#pick(anything);
    }
  }

  #string(schema: { readonly [key: string]: Json }): string {
    const { format, pattern, minLength = 0, maxLength = 200 } = schema;
    if (typeof pattern === "string") {
      try {
        const seed = Math.floor(this.#random() * 1e9);
        const made = fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { numRuns: 1, seed });
        return made[0] ?? "";
      } catch {
        return "a";
      }
    }
    const text = this.#pick((typeof format === "string" ? byFormat[format] : undefined) ?? texts);
    return text
      .padEnd(Number(minLength), "x")
      .slice(0, Math.max(Number(minLength), Number(maxLength)));
  }

  #number(schema: { readonly [key: string]: Json }, type: string): number {
    const step = Number(schema["multipleOf"] ?? (type === "integer" ? 1 : 0.25));
    const low = Number(
      schema["minimum"] ??
        (schema["exclusiveMinimum"] === undefined
          ? -100
          : Number(schema["exclusiveMinimum"]) + step),
    );
    const high = Number(
      schema["maximum"] ??
        (schema["exclusiveMaximum"] === undefined
          ? Math.max(low, 0) + 1000
          : Number(schema["exclusiveMaximum"]) - step),
    );
    const isBounded = ["minimum", "maximum", "multipleOf"].some((key) => key in schema);
    if (type === "integer" && !isBounded && this.#random() < 0.1) return this.#pick(large);
    const value =
      Math.ceil(Math.max(low, -(2 ** 52)) / step) * step +
      step * Math.floor((this.#random() * Math.min(high - low, 1e6)) / step);
    return type === "integer" ? Math.round(value) : value;
  }

  #array(schema: { readonly [key: string]: Json }, depth: number): Json {
    const first = list(schema["prefixItems"]).map((item) => this.make(item, depth + 1));
    const least = Number(schema["minItems"] ?? 0);
    const most = Math.min(Number(schema["maxItems"] ?? 3), Math.max(least, depth > 4 ? 0 : 3));
    const length = least + Math.floor(this.#random() * (most - least + 1));
    const items = schema["items"];
    if (items === false) return first;
    const rest = Array.from({ length: Math.max(0, length - first.length) }, () =>
      this.make(items ?? true, depth + 1),
    );
    return [...first, ...rest];
  }

  #object(schema: { readonly [key: string]: Json }, depth: number): Json {
    const properties = isObject(schema["properties"] ?? null)
      ? Object.entries(Object(schema["properties"]))
      : [];
    const required = list(schema["required"]).map(String);
    const chance = depth > 5 ? 0 : depth > 2 ? 0.3 : 0.7;
    const members = properties
      .filter(([name]) => required.includes(name) || this.#random() < chance)
      .map(([name, one]): [string, Json] => [name, this.make(one as Json, depth + 1)]);
    const more = schema["additionalProperties"];
    if (more !== false && (this.#random() < 0.4 || (members.length === 0 && depth < 5))) {
      members.push([
        this.#pick(["x_more", "moreStill", "__proto__", "a b"]),
        this.make(more ?? true, depth + 1),
      ]);
    }
    return Object.fromEntries(members);
  }

  #resolve(ref: string): Json {
    const keys = ref.split("/").slice(1);
    let value: Json = this.#document;
    for (const key of keys) {
      const name = decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
      value = (Object(value)[name] ?? true) as Json;
    }
    return value;
  }

  #pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }
}

function list(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
