import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import { decodeKey } from "../spec/pointer.js";
import type { Problems } from "../spec/problem.js";
import type { Branch, Json, Property, Shape } from "./api.js";
import { readBaseClass } from "./base-class.js";
import { readArray, readObject } from "./containers.js";
import { readDefault } from "./defaults.js";
import { readEnum } from "./enums.js";
import {
  inferredType,
  isStructural,
  jsonTypes,
  keywordsOf,
  noteOtherKeywords,
} from "./keywords.js";
import { inlinedRefs, merged, withValue } from "./merge.js";
import { propertyName } from "./names/properties.js";
import { readNumber } from "./numbers.js";
import { nullable, type ShapeReader } from "./reader.js";
import { readString } from "./strings.js";
import { readUnion } from "./union.js";

/** Converts schemas to shapes, and reports what it rejects or ignores. Requests each model that a shape refers to. */
export class SchemaReader implements ShapeReader {
  readonly problems: Problems;
  readonly #modelName: (schema: string) => string;
  /** `$ref`s whose schemas are being inlined, to detect recursive schemas, which would be inlined endlessly. */
  #inlined: ReadonlySet<string> = new Set();

  /** @param modelName - returns the model's name for a schema of `#/components/schemas`, and builds the model */
  constructor(problems: Problems, modelName: (schema: string) => string) {
    this.problems = problems;
    this.#modelName = modelName;
  }

  shape(node: Node): Shape {
    if (!isObject(node.value)) {
      if (node.value !== true) {
        this.problems.warn(node.at, `the schema ${JSON.stringify(node.value)}`, "an object");
      }
      return { kind: "unknown" };
    }
    const shape = this.#combined(node);
    return node.flag("nullable") ? nullable(shape) : shape;
  }

  /** The shape of a body without a schema. */
  anything(): Shape {
    return { kind: "unknown" };
  }

  reference(node: Node, ref: string): Shape {
    noteOtherKeywords(node, ["$ref"], this.problems);
    const target = node.resolve();
    if (target === undefined) {
      this.problems.add(
        node.at,
        `a $ref to ${ref}`,
        "#/components/schemas/<name> of this document",
      );
      return { kind: "unknown" };
    }
    const schema = /^#\/components\/schemas\/([^/]+)$/.exec(ref)?.[1];
    const outer = this.#inlined;
    try {
      if (schema !== undefined) {
        this.#inlined = new Set();
        return { kind: "ref", model: this.#modelName(decodeKey(schema)) };
      }
      if (outer.has(ref)) {
        const fix = "a schema of #/components/schemas, which may contain itself";
        this.problems.warn(node.at, "a schema without a name that contains itself", fix);
        return { kind: "unknown" };
      }
      this.#inlined = new Set([...outer, ref]);
      return this.shape(target);
    } finally {
      this.#inlined = outer;
    }
  }

  /** Reads a property of an object, or a parameter. `owner` is the node with its description and its name. */
  property(wireName: string, schema: Node, required: boolean, owner: Node = schema): Property {
    const target = merged(schema);
    const shape = this.shape(schema);
    const access = target.flag("readOnly")
      ? "read"
      : target.flag("writeOnly")
        ? "write"
        : undefined;
    return {
      wireName,
      name: propertyName(wireName, owner, this.problems),
      required,
      shape,
      description: owner.text("description") ?? schema.text("description") ?? describe(schema),
      deprecated: owner.flag("deprecated") || schema.flag("deprecated"),
      secret: target.flag("x-contract-secret"),
      ...(access !== undefined && { access }),
      ...readDefault(schema, target, this.problems),
    };
  }

  /** Reads a schema with `$ref` or `allOf`. */
  #combined(node: Node): Shape {
    const ref = node.text("$ref");
    const members = node.items("allOf").filter(says);
    const own = Object.keys(Object(node.value)).filter(
      (key) => isStructural(key) && key !== "$ref" && key !== "allOf",
    );
    if (ref === undefined && members.length === 0) return this.#plain(node);
    if (ref !== undefined && own.length === 0 && members.length === 0) {
      return this.reference(node, ref);
    }
    const [only] = members;
    const isAlone = ref === undefined && members.length === 1 && only !== undefined;
    if (isAlone && own.every((key) => key === "type" && isOfType(node, merged(only)))) {
      const hasNull = node.items("type").some(({ value }) => value === "null");
      return hasNull ? nullable(this.shape(only)) : this.shape(only);
    }
    const refs = inlinedRefs(node);
    const again = refs.find((one) => this.#inlined.has(one.text("$ref") ?? ""));
    const outer = this.#inlined;
    if (again !== undefined) {
      const fix = "a $ref without other keywords, where a schema contains itself";
      this.problems.warn(node.at, "a schema that contains itself with other keywords", fix);
      return this.reference(again, again.text("$ref") ?? "");
    }
    this.#inlined = new Set([...outer, ...refs.map((one) => one.text("$ref") ?? "")]);
    try {
      return this.#plain(merged(node));
    } finally {
      this.#inlined = outer;
    }
  }

  /** Reads a schema without `$ref`. Its `allOf` can only contain unions that were not merged. */
  #plain(node: Node): Shape {
    const union = ["oneOf", "anyOf"].find((key) => node.items(key).length > 0);
    if (union !== undefined) return readUnion(this, node, union);
    if (node.get("const") !== undefined || node.items("enum").length > 0) {
      return readEnum(node, this.problems);
    }
    return this.#typed(node);
  }

  #typed(node: Node): Shape {
    const given = node.get("type")?.value;
    const all: readonly Json[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
    const types = new Set(all.filter((one) => typeof one === "string" && jsonTypes.includes(one)));
    if (types.size < all.length) {
      const supported = `one of ${jsonTypes.join(", ")}, or several of them`;
      this.problems.warn(node.at, `the type ${JSON.stringify(given)}`, supported);
    }
    if (types.has("number")) types.delete("integer");
    const hasNull = types.delete("null");
    if (types.size === 0 && !hasNull) {
      const inferred = inferredType(node);
      if (inferred !== undefined) types.add(inferred);
    }
    const [only, ...more] = [...types].map(String);
    if (only === undefined) {
      noteOtherKeywords(node, ["type"], this.problems);
      return hasNull ? { kind: "null" } : { kind: "unknown" };
    }
    const keywords = [only, ...more].flatMap(keywordsOf);
    noteOtherKeywords(node, ["type", ...keywords], this.problems);
    const shape: Shape =
      more.length === 0
        ? this.#ofType(node, only)
        : { kind: "union", branches: [only, ...more].map((type) => this.#branch(node, type)) };
    return hasNull ? nullable(shape) : shape;
  }

  /** A union branch for one of several types, with the keywords of that type. */
  #branch(node: Node, type: string): Branch {
    const own = Object.entries(Object(node.value)).filter(
      ([key]) => key === "title" || keywordsOf(type).includes(key),
    );
    const schema = withValue(node, { ...Object.fromEntries(own), type });
    const shape = this.#ofType(schema, type);
    return { shape, description: "", when: { by: "type", type: valueType(type) } };
  }

  #ofType(node: Node, type: string): Shape {
    switch (type) {
      case "string":
        return readString(node, this.problems);
      case "integer":
      case "number":
        return readNumber(node, type, this.problems);
      case "boolean":
        return { kind: "boolean" };
      case "array":
        return readArray(this, node);
      default:
        return readBaseClass(this, node) ?? readObject(this, node);
    }
  }
}

type ValueType = (Branch["when"] & { by: "type" })["type"];

function valueType(type: string): ValueType {
  return type === "integer" ? "number" : (type as ValueType);
}

/** Whether a schema has keywords that determine the type of a value. */
function says(node: Node): boolean {
  return Object.keys(Object(node.value)).some(isStructural);
}

/** Whether a schema has one type, null aside, and the other schema has the same type or none. */
function isOfType(node: Node, target: Node): boolean {
  const given = node.get("type")?.value;
  const types = (Array.isArray(given) ? given : [given]).filter(
    (one: Json | undefined) => one !== "null",
  );
  const other = target.get("type")?.value;
  return (
    types.length === 1 &&
    (other === undefined || JSON.stringify(other) === JSON.stringify(types[0]))
  );
}

/** The description of a schema's branches or of the schema that it refers to, also in `oneOf: [null, $ref]`. */
function describe(schema: Node): string {
  const refs = [
    schema,
    ...schema.items("oneOf"),
    ...schema.items("anyOf"),
    ...schema.items("allOf"),
  ];
  for (const ref of refs) {
    const own = ref === schema ? undefined : ref.text("description");
    const text =
      own ?? (ref.get("$ref") === undefined ? undefined : ref.resolve()?.text("description"));
    if (text !== undefined) return text;
  }
  return "";
}
