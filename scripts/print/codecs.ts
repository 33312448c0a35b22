import type { Branch, NumberLimits, Property, Shape, StringLimits } from "../model/api.js";
import { key, member, quote } from "./escape.js";
import type { Imports } from "./imports.js";
import { hasDefault, type TypePrinter } from "./types.js";

/** Wire to model, or model to wire. */
export type Way = "decode" | "encode";

/** Prints expressions that check and map a value. `place` is the key that an error names; none for whole values. */
export class CodecPrinter {
  readonly #types: TypePrinter;
  readonly #imports: Imports;
  readonly #runtime: (module: string) => string;

  constructor(types: TypePrinter, imports: Imports, runtime: (module: string) => string) {
    this.#types = types;
    this.#imports = imports;
    this.#runtime = runtime;
  }

  /** Name of a check of the runtime, imported. */
  check(name: string): string {
    return this.#imports.value(name, this.#runtime("check"));
  }

  /** An expression that maps `value`. */
  expression(way: Way, shape: Shape, value: string, place?: string): string {
    return this.#mapped(way, shape, value, place, place === undefined ? "" : `, ${quote(place)}`);
  }

  /** The same for a string or a number whose place is in a variable named `place`. */
  scalar(way: Way, shape: Shape, value: string): string {
    return this.#mapped(way, shape, value, undefined, ", place");
  }

  #mapped(way: Way, shape: Shape, value: string, place: string | undefined, at: string): string {
    switch (shape.kind) {
      case "string":
        if (way === "encode" && hasLimits(shape.limits)) {
          const limited = this.#imports.value("withinLimits", this.#runtime("limits"));
          return `${limited}(${value}, ${printLimits(shape.limits)}${at})`;
        }
        return `${this.check("asString")}(${value}${at})`;
      case "boolean":
        return `${this.check("asBoolean")}(${value}${at})`;
      case "enum":
        return `${this.check(typeof shape.values[0] === "number" ? "asNumber" : "asString")}(${value}${at})`;
      case "number": {
        const checked = `${this.check(shape.integer ? "asInteger" : "asNumber")}(${value}${at})`;
        if (way === "decode" || Object.keys(shape.limits).length === 0) return checked;
        const limited = this.#imports.value("withinRange", this.#runtime("limits"));
        return `${limited}(${checked}, ${printLimits(shape.limits)}${at})`;
      }
      case "dateTime":
        return `${this.#imports.value(way === "decode" ? "asDate" : "toDateTime", this.#runtime("dates"))}(${value}${at})`;
      case "nullable":
        return `${value} === null ? null : ${this.expression(way, shape.shape, value, place)}`;
      case "array":
      case "record": {
        const item = this.reader(way, shape.kind === "array" ? shape.items : shape.values);
        const name = this.check(shape.kind === "array" ? "asArray" : "asRecord");
        const key = place === undefined ? "undefined" : quote(place);
        const mapped = `${name}(${value}, ${key}, ${item})`;
        const limits = shape.kind === "array" ? itemLimits(shape) : {};
        if (way === "decode" || Object.keys(limits).length === 0) return mapped;
        const limited = this.#imports.value("withinItems", this.#runtime("limits"));
        return `${limited}(${mapped}, ${printLimits(limits)}${at})`;
      }
      case "ref":
        return this.#reference(way, shape.model, value, place);
      case "tuple":
      case "object":
      case "union":
        return `${this.check("nested")}(${value}, ${quote(place ?? "")}, ${this.reader(way, shape)})`;
    }
  }

  /** A function that maps one value of a shape. */
  reader(way: Way, shape: Shape): string {
    switch (shape.kind) {
      case "ref": {
        const name = this.codec(way, shape.model);
        return name ?? this.reader(way, this.#types.model(shape.model).shape);
      }
      case "tuple":
      case "object":
      case "union":
        return `(value) => { ${this.body(way, shape, "value")} }`;
      default: {
        const expression = this.expression(way, shape, "value");
        const direct = /^(\w+)\(value\)$/.exec(expression)?.[1];
        return direct ?? `(value) => ${expression}`;
      }
    }
  }

  /** The statements of a function that maps the value named `from`. */
  body(way: Way, shape: Shape, from: string): string {
    switch (shape.kind) {
      case "object":
        return [
          `${this.check("asObject")}(${from});`,
          ...(way === "encode" ? [this.onlyKeys(shape.properties, from)] : []),
          `return ${this.literal(way, shape.properties, from)};`,
        ].join("\n");
      case "tuple": {
        const items = shape.items.map((item, index) =>
          this.expression(way, item, `${from}[${index}]`, String(index)),
        );
        return `${this.check("asTuple")}(${from}, ${shape.items.length});\nreturn [${items.join(", ")}];`;
      }
      case "union":
        return this.#union(way, shape.branches, from);
      default:
        return `return ${this.expression(way, shape, from)};`;
    }
  }

  /** Name of the codec of a model, imported; `undefined` where its shape needs none. */
  codec(way: Way, name: string): string | undefined {
    const model = this.#types.model(name);
    if (!hasCodec(way, model.shape)) return undefined;
    const codec = `${way}${name}`;
    return this.#types.isHere(name) ? codec : this.#imports.value(codec, this.#types.file(name));
  }

  /** How a member of an object is mapped, absence included. */
  property(way: Way, property: Property, from: string): string {
    const value = `${from}${member(way === "decode" ? property.wireName : property.name)}`;
    const place = way === "decode" ? property.wireName : property.name;
    const { shape } = property;
    if (property.required) return this.expression(way, shape, value, place);
    if (shape.kind === "nullable" && way === "decode") {
      // Absent and null mean the same in an answer.
      return `${value} == null ? null : ${this.expression(way, shape.shape, value, place)}`;
    }
    const absent = hasDefault(property) ? JSON.stringify(property.default) : "undefined";
    return `${value} === undefined ? ${absent} : ${this.expression(way, shape, value, place)}`;
  }

  /** A statement that refuses input with other keys than these. */
  onlyKeys(properties: readonly Pick<Property, "name">[], from: string): string {
    const names = properties.map(({ name }) => quote(name)).join(", ");
    return `${this.check("onlyKeys")}(${from}, [${names}]);`;
  }

  /** An object literal with every member mapped. */
  literal(way: Way, properties: readonly Property[], from: string): string {
    const members = properties.map((property) => {
      const target = key(way === "decode" ? property.name : property.wireName);
      if (way === "decode" || property.required)
        return `${target}: ${this.property(way, property, from)}`;
      const value = `${from}${member(property.name)}`;
      return `...(${value} !== undefined && { ${target}: ${this.expression(way, property.shape, value, property.name)} })`;
    });
    return `{ ${members.join(",\n")} }`;
  }

  #reference(way: Way, name: string, value: string, place: string | undefined): string {
    const codec = this.codec(way, name);
    const { shape } = this.#types.model(name);
    if (codec === undefined) return this.expression(way, shape, value, place);
    const takesPlace = shape.kind === "string" || shape.kind === "number";
    if (place === undefined) return `${codec}(${value})`;
    return takesPlace
      ? `${codec}(${value}, ${quote(place)})`
      : `${this.check("nested")}(${value}, ${quote(place)}, ${codec})`;
  }

  #union(way: Way, branches: readonly Branch[], from: string): string {
    const [first] = branches;
    if (first?.when.by === "value") return this.#byValue(way, branches, from, first.when);
    if (first?.when.by === "type") return this.#byType(way, branches, from);
    const keys = branches.flatMap(({ when }) =>
      when.by === "key" ? [way === "decode" ? when.wireName : when.name] : [],
    );
    const statements = branches.map((branch, index) => {
      const name = keys[index] ?? "";
      const isInline = branch.shape.kind === "object";
      const test =
        way === "encode" && isInline
          ? `${from}${member(name)} !== undefined`
          : `${quote(name)} in ${from}`;
      const mapped = this.#branch(way, branch, from);
      return index === branches.length - 1 ? mapped : `if (${test}) ${block(mapped)}`;
    });
    return [
      `${this.check("asOneOf")}(${from}, [${keys.map(quote).join(", ")}]);`,
      ...statements,
    ].join("\n");
  }

  #byValue(
    way: Way,
    branches: readonly Branch[],
    from: string,
    tag: Branch["when"] & { by: "value" },
  ): string {
    const cases = branches.map((branch) => {
      const value = branch.when.by === "value" ? JSON.stringify(branch.when.value) : "";
      return `case ${value}: ${block(this.#branch(way, branch, from))}`;
    });
    const values = branches.map(({ when }) =>
      when.by === "value" ? JSON.stringify(when.value) : "",
    );
    const name = way === "decode" ? tag.wireName : tag.name;
    const expected = `an object whose ${name} is ${values.join(" or ")}`;
    return [
      `${this.check("asObject")}(${from});`,
      `switch (${from}${member(name)}) { ${cases.join("\n")}`,
      `default: throw ${this.check("noBranch")}(${from}, ${quote(expected)}); }`,
    ].join("\n");
  }

  #byType(way: Way, branches: readonly Branch[], from: string): string {
    const tests = branches.map((branch) => {
      const type = branch.when.by === "type" ? branch.when.type : "object";
      const isPlain = `typeof ${from} === "object" && ${from} !== null && !Array.isArray(${from})`;
      const test =
        type === "array"
          ? `Array.isArray(${from})`
          : type === "object"
            ? isPlain
            : `typeof ${from} === ${quote(type)}`;
      return `if (${test}) ${block(this.#branch(way, branch, from))}`;
    });
    const types = branches.map(({ when }) => (when.by === "type" ? when.type : "")).join(" or ");
    return [...tests, `throw ${this.check("noBranch")}(${from}, ${quote(types)});`].join("\n");
  }

  /** The statements that map a value of a branch. */
  #branch(way: Way, { shape }: Branch, from: string): string {
    if (shape.kind !== "object") return `return ${this.expression(way, shape, from)};`;
    const only = way === "encode" ? `${this.onlyKeys(shape.properties, from)}\n` : "";
    return `${only}return ${this.literal(way, shape.properties, from)};`;
  }
}

/** Braces around more than one statement. */
function block(statements: string): string {
  return /^return [^\n]*;$/.test(statements) ? statements : `{ ${statements} }`;
}

/** Whether a model of this shape has a codec of its own; other shapes are checked where they stand. */
export function hasCodec(way: Way, shape: Shape): boolean {
  switch (shape.kind) {
    case "string":
      return way === "encode" && hasLimits(shape.limits);
    case "number":
      return way === "encode" && Object.keys(shape.limits).length > 0;
    case "boolean":
    case "enum":
    case "dateTime":
      return false;
    case "nullable":
      return hasCodec(way, shape.shape);
    default:
      return true;
  }
}

/** Limits as an object literal. */
export function printLimits(limits: StringLimits | NumberLimits | ItemLimits): string {
  const members = Object.entries(limits).map(([name, limit]) => {
    const value =
      typeof limit === "string"
        ? quote(limit)
        : Array.isArray(limit)
          ? `[${limit.map(String).map(quote).join(", ")}]`
          : limit;
    return `${key(name)}: ${value}`;
  });
  return `{ ${members.join(", ")} }`;
}

/** How many items an array may have, both inclusive. */
type ItemLimits = Pick<Shape & { kind: "array" }, "minItems" | "maxItems">;

function itemLimits({ minItems, maxItems }: Shape & { kind: "array" }): ItemLimits {
  return {
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
  };
}

function hasLimits(limits: StringLimits): boolean {
  return Object.keys(limits).length > 0;
}
