import { compareText, isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Json, NumberLimits, Property, Shape } from "./api.js";
import { readFormat } from "./formats.js";
import { jsonTypes, keywordsOf, refuseOtherKeywords } from "./keywords.js";
import { distinctNames, propertyName } from "./names/properties.js";
import { pick } from "./pick.js";
import { readRules } from "./rules.js";
import { readString } from "./strings.js";
import { unionShape } from "./union.js";

/** Turns schemas into shapes, noting what it refuses. Asks for each model that a shape refers to. */
export class SchemaReader {
  readonly problems: Problems;
  readonly #modelName: (schema: string) => string;

  /** @param modelName - gives the model's name for a schema of `#/components/schemas`, and sees to it that it is built */
  constructor(problems: Problems, modelName: (schema: string) => string) {
    this.problems = problems;
    this.#modelName = modelName;
  }

  /** The shape of a schema. Where it is refused, a placeholder comes back and the run fails later. */
  shape(node: Node): Shape {
    if (!isObject(node.value)) {
      return this.#refuse(
        node,
        `the schema ${JSON.stringify(node.value)}`,
        "an object that says its type",
      );
    }
    const ref = node.text("$ref");
    if (ref !== undefined) return this.#reference(node, ref);
    const [branches] = ["oneOf", "anyOf"].filter((key) => node.get(key) !== undefined);
    if (branches !== undefined) {
      refuseOtherKeywords(node, [branches], this.problems);
      return this.#either(node, node.items(branches), branches === "oneOf");
    }
    const all = node.items("allOf");
    if (all.length > 0) return this.#all(node, all);
    const values =
      node.get("const") === undefined ? node.items("enum") : [node.get("const") ?? node];
    if (values.length > 0) return this.#enum(node, values);
    return this.#typed(node);
  }

  /** The shape of a body that has no schema. */
  anything(node: Node): Shape {
    return this.#refuse(node, "a body without a schema", "a schema");
  }

  #reference(node: Node, ref: string): Shape {
    refuseOtherKeywords(node, ["$ref"], this.problems);
    const schema = /^#\/components\/schemas\/([^/]+)$/.exec(ref)?.[1];
    if (schema === undefined || node.resolve() === undefined) {
      return this.#refuse(node, `a $ref to ${ref}`, "#/components/schemas/<name> of this document");
    }
    const decoded = decodeURIComponent(schema).replaceAll("~1", "/").replaceAll("~0", "~");
    return { kind: "ref", model: this.#modelName(decoded) };
  }

  #either(node: Node, branches: readonly Node[], exclusive: boolean): Shape {
    const rest = branches.filter((branch) => branch.get("type")?.value !== "null");
    const [only] = rest;
    if (only === undefined)
      return this.#refuse(node, "a union of nothing but null", "at least one other branch");
    const shape = rest.length === 1 ? this.shape(only) : unionShape(this, node, rest, exclusive);
    return rest.length < branches.length ? nullable(shape) : shape;
  }

  #all(node: Node, all: readonly Node[]): Shape {
    refuseOtherKeywords(node, ["allOf"], this.problems);
    const [only] = all;
    if (only === undefined || all.length > 1) {
      return this.#refuse(
        node,
        `allOf with ${all.length} schemas`,
        "allOf with one schema; else write the members out",
      );
    }
    return this.shape(only);
  }

  #enum(node: Node, values: readonly Node[]): Shape {
    refuseOtherKeywords(node, ["enum", "const", "type", "format"], this.problems);
    const texts: (string | number)[] = [];
    for (const { value, at } of values) {
      if (typeof value === "string" || typeof value === "number") texts.push(value);
      else if (value !== null) {
        this.problems.add(
          at,
          `the enum value ${JSON.stringify(value)}`,
          "strings, numbers, and null",
        );
      }
    }
    const type = node.get("type")?.value;
    const hasNull = values.some(({ value }) => value === null);
    if (texts.length === 0) {
      return this.#refuse(node, "an enum without a value", "at least one string or number");
    }
    if (Array.isArray(type) && type.includes("null") && !hasNull) {
      return this.#refuse(
        node,
        "a type with null and an enum without it",
        "null in both or in none",
      );
    }
    if (new Set(texts.map((value) => typeof value)).size > 1) {
      return this.#refuse(node, "an enum of strings and numbers", "an enum of one of the two");
    }
    const shape: Shape = { kind: "enum", values: texts };
    return hasNull ? nullable(shape) : shape;
  }

  #typed(node: Node): Shape {
    const type = node.get("type")?.value;
    const types = (Array.isArray(type) ? type : [type]).filter(
      (one: Json | undefined) => one !== "null",
    );
    const [only] = types;
    if (types.length !== 1 || typeof only !== "string" || !jsonTypes.includes(only)) {
      const found =
        type === undefined ? "a schema without a type" : `the type ${JSON.stringify(type)}`;
      return this.#refuse(
        node,
        found,
        `one of ${jsonTypes.join(", ")}, alone or with "null"; or oneOf, anyOf, enum, $ref`,
      );
    }
    refuseOtherKeywords(node, ["type", ...keywordsOf(only)], this.problems);
    const shape = this.#ofType(node, only);
    return types.length < (Array.isArray(type) ? type.length : 1) ? nullable(shape) : shape;
  }

  #ofType(node: Node, type: string): Shape {
    switch (type) {
      case "string":
        return readString(node, this.problems);
      case "integer":
      case "number": {
        const format = readFormat(node, "number", this.problems);
        const limits = {
          ...pick(node, "minimum"),
          ...pick(node, "maximum"),
          ...pick(node, "exclusiveMinimum"),
          ...pick(node, "exclusiveMaximum"),
          ...pick(node, "multipleOf"),
        } satisfies NumberLimits;
        return {
          kind: "number",
          integer: type === "integer",
          limits,
          ...(format !== undefined && { format }),
        };
      }
      case "boolean":
        return { kind: "boolean" };
      case "array":
        return this.#array(node);
      case "object":
        return this.#object(node);
      default:
        return this.#refuse(
          node,
          "a schema of type null",
          'null beside another type: type: ["string", "null"]',
        );
    }
  }

  #array(node: Node): Shape {
    const prefix = node.items("prefixItems");
    const items = node.get("items");
    if (prefix.length > 0) {
      if (items?.value !== false) {
        return this.#refuse(
          node,
          "prefixItems that more items may follow",
          "prefixItems with items: false",
        );
      }
      return { kind: "tuple", items: prefix.map((item) => this.shape(item)) };
    }
    if (items === undefined) return this.#refuse(node, "an array without items", "items");
    return {
      kind: "array",
      items: this.shape(items),
      ...pick(node, "minItems"),
      ...pick(node, "maxItems"),
    };
  }

  #object(node: Node): Shape {
    const properties = node.entries("properties");
    const more = node.get("additionalProperties");
    const isMap = more !== undefined && typeof more.value !== "boolean";
    if (isMap && properties.length > 0) {
      return this.#refuse(
        node,
        "an object with properties and a schema for others",
        "one or the other",
      );
    }
    if (isMap) return { kind: "record", values: this.shape(more) };
    if (more?.value === true && properties.length === 0) {
      return this.#refuse(node, "an object of any values", "additionalProperties with a schema");
    }
    const members = this.properties(node);
    const rules = readRules(this, node, members);
    return { kind: "object", properties: members, ...(rules.length > 0 && { rules }) };
  }

  /** The members of an object: required ones in the order of `required`, then the others by name. */
  properties(node: Node): Property[] {
    const required = node.texts("required");
    const order = ([name]: readonly [string, Node]): number =>
      required.includes(name) ? required.indexOf(name) : required.length;
    const members = node
      .entries("properties")
      .sort((left, right) => order(left) - order(right) || compareText(left[0], right[0]));
    for (const name of required) {
      if (!members.some(([member]) => member === name)) {
        this.problems.add(
          [...node.at, "required"],
          `${name}, which is no property`,
          "names of properties",
        );
      }
    }
    const named = members.map(([wireName, member]) =>
      this.property(wireName, member, required.includes(wireName)),
    );
    return distinctNames(named, [...node.at, "properties"], this.problems);
  }

  /** A member of an object, or a parameter: its schema and what is said of it. */
  property(wireName: string, schema: Node, required: boolean, owner: Node = schema): Property {
    const target = schema.resolve();
    const fallback = schema.get("default") ?? target?.get("default");
    const shape = this.shape(schema);
    if (fallback !== undefined && !fits(shape, fallback.value)) {
      this.problems.add(
        fallback.at,
        `the default ${JSON.stringify(fallback.value)}`,
        "one that fits the type",
      );
    }
    return {
      wireName,
      name: propertyName(wireName, owner, this.problems),
      required,
      shape,
      description: owner.text("description") ?? schema.text("description") ?? describe(schema),
      deprecated: owner.flag("deprecated") || schema.flag("deprecated"),
      secret: schema.flag("x-contract-secret") || (target?.flag("x-contract-secret") ?? false),
      ...(fallback !== undefined && { default: fallback.value }),
    };
  }

  #refuse(node: Node, found: string, supported: string): Shape {
    this.problems.add(node.at, found, supported);
    return { kind: "boolean" };
  }
}

/** Whether a default is of its type, where that shows: the defaults of scalars are filled in. */
function fits(shape: Shape, value: Json): boolean {
  switch (shape.kind) {
    case "string":
    case "dateTime":
      return typeof value === "string";
    case "number":
      return typeof value === "number" && (!shape.integer || Number.isInteger(value));
    case "boolean":
      return typeof value === "boolean";
    case "enum":
      return shape.values.some((one) => one === value);
    case "nullable":
      return value === null || fits(shape.shape, value);
    default:
      return true;
  }
}

/** What a referenced schema says of itself, where the reference says nothing: `oneOf: [null, $ref]` included. */
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

function nullable(shape: Shape): Shape {
  return shape.kind === "nullable" ? shape : { kind: "nullable", shape };
}
