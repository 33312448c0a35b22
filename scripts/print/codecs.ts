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
      case "binary":
        return way === "encode"
          ? `${this.#imports.value("asBlob", this.#runtime("binary"))}(${value}${at})`
          : `${this.#imports.value("readBlob", this.#runtime("responses"))}(${value})`;
      case "boolean":
        return `${this.check("asBoolean")}(${value}${at})`;
      case "enum":
        return this.#enum(way, shape.values, this.#types.alias(shape, "answer"), `${value}${at}`);
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
      case "object":
        if (place === undefined) return this.#object(way, shape.properties, value);
        return `${this.check("nested")}(${value}, ${quote(place)}, ${this.reader(way, shape)})`;
      case "tuple":
      case "union":
        return `${this.check("nested")}(${value}, ${quote(place ?? "")}, ${this.reader(way, shape)})`;
    }
  }

  /** A function that maps one value of a shape. */
  reader(way: Way, shape: Shape): string {
    switch (shape.kind) {
      case "ref": {
        const name = this.codec(way, shape.model);
        if (name !== undefined) return name;
        const target = this.#types.model(shape.model).shape;
        return target.kind === "enum" && way === "decode"
          ? `(value) => ${this.expression(way, shape, "value")}`
          : this.reader(way, target);
      }
      case "tuple":
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
      case "tuple": {
        const items = shape.items.map((item, index) =>
          this.expression(way, item, `items[${index}]`, String(index)),
        );
        return `const items = ${this.check("asTuple")}(${from}, ${shape.items.length});\nreturn [${items.join(", ")}];`;
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
    const name = way === "decode" ? property.wireName : property.name;
    const value = `${from}${member(name)}`;
    const { shape } = property;
    if (property.required) return this.expression(way, shape, value, name);
    if (shape.kind === "nullable") {
      const mapped = this.expression(way, shape.shape, value, name);
      // Absent and null mean the same in a response; in a request they may not.
      return `${value} == null ? ${way === "decode" ? "null" : value} : ${mapped}`;
    }
    const absent =
      way === "decode" && hasDefault(property) ? JSON.stringify(property.default) : "undefined";
    return `${value} === undefined ? ${absent} : ${this.expression(way, shape, value, name)}`;
  }

  /** A check that refuses input with other keys than these; what it returns has them. */
  onlyKeys(properties: readonly Pick<Property, "name">[], from: string): string {
    const names = properties.map(({ name }) => quote(name)).join(", ");
    return `${this.check("onlyKeys")}(${from}, [${names}])`;
  }

  /** An object literal with every member mapped. A member that the tag of a union fixes is written as it is. */
  literal(way: Way, properties: readonly Property[], from: string, tag?: Tag): string {
    const members = properties.map((property) => {
      const target = key(way === "decode" ? property.name : property.wireName);
      if (property.wireName === tag?.wireName) return `${target}: ${JSON.stringify(tag.value)}`;
      return `${target}: ${this.property(way, property, from)}`;
    });
    return `{ ${members.join(",\n")} }`;
  }

  #object(way: Way, properties: readonly Property[], value: string, tag?: Tag): string {
    const isRead = way === "decode";
    const names = properties.map((one) => quote(isRead ? one.wireName : one.name));
    const from = properties.length === 0 ? "" : isRead ? "wire" : "input";
    const literal = this.literal(way, properties, from, tag);
    const check = this.check(isRead ? "asObject" : "asInput");
    return `${check}(${value}, [${names.join(", ")}], (${from}) => (${literal}))`;
  }

  #reference(way: Way, name: string, value: string, place: string | undefined): string {
    const codec = this.codec(way, name);
    const { shape } = this.#types.model(name);
    if (codec === undefined) {
      if (shape.kind !== "enum") return this.expression(way, shape, value, place);
      const at = place === undefined ? "" : `, ${quote(place)}`;
      return this.#enum(way, shape.values, this.#types.name(name, "answer"), `${value}${at}`);
    }
    const takesPlace = shape.kind === "string" || shape.kind === "number";
    if (place === undefined) return `${codec}(${value})`;
    return takesPlace
      ? `${codec}(${value}, ${quote(place)})`
      : `${this.check("nested")}(${value}, ${quote(place)}, ${codec})`;
  }

  /** A value that is open when it is read: the contract lists some, and a server may know more. */
  #enum(way: Way, values: readonly (string | number)[], listed: string, args: string): string {
    const isNumber = typeof values[0] === "number";
    if (way === "encode") return `${this.check(isNumber ? "asNumber" : "asString")}(${args})`;
    return `${this.#unrecognized(isNumber ? "asOpenNumber" : "asOpenString")}<${listed}>(${args})`;
  }

  #unrecognized(name: string): string {
    return this.#imports.value(name, this.#runtime("unrecognized"));
  }

  /** A statement that returns a variant of a union that the contract does not list: read as it is, or written as it was read. */
  #unlisted(way: Way, from: string): string {
    if (way === "decode") return `return ${this.#unrecognized("keepVariant")}(${from});`;
    return `if (${this.#unrecognized("isUnrecognized")}(${from})) return ${from}.raw;`;
  }

  #union(way: Way, branches: readonly Branch[], from: string): string {
    const [first] = branches;
    if (first?.when.by === "value") return this.#byValue(way, branches, from, first.when);
    if (first?.when.by === "type") return this.#byType(way, branches, from);
    const keys = branches.flatMap(({ when }) =>
      when.by === "key" ? [way === "decode" ? when.wireName : when.name] : [],
    );
    const names = `[${keys.map(quote).join(", ")}]`;
    const statement = (found: string, branch: Branch, index: number): string => {
      const mapped = `return ${this.#branch(way, branch, found)};`;
      const isLast = way === "encode" && index === branches.length - 1;
      return isLast ? mapped : `if (${found}${member(keys[index] ?? "")} !== undefined) ${mapped}`;
    };
    if (way === "encode") {
      return [
        this.#unlisted(way, from),
        `const input = ${this.check("asOneOf")}(${from}, ${names});`,
        ...branches.map((branch, index) => statement("input", branch, index)),
      ].join("\n");
    }
    return [
      `const wire = ${this.check("asAtMostOneOf")}(${from}, ${names});`,
      ...branches.map((branch, index) => statement("wire", branch, index)),
      this.#unlisted(way, "wire"),
    ].join("\n");
  }

  #byValue(way: Way, branches: readonly Branch[], from: string, tag: Tag): string {
    const cases = branches.map((branch) => {
      const value = branch.when.by === "value" ? JSON.stringify(branch.when.value) : "";
      return `case ${value}: return ${this.#branch(way, branch, from)};`;
    });
    const values = branches.map(({ when }) =>
      when.by === "value" ? JSON.stringify(when.value) : "",
    );
    const name = way === "decode" ? tag.wireName : tag.name;
    const found = `${this.check("members")}<${quote(name)}>(${from})${member(name)}`;
    if (way === "decode") {
      const as = this.#unrecognized(
        typeof tag.value === "number" ? "asOpenNumber" : "asOpenString",
      );
      const keep = this.#unrecognized("keepTagged");
      const unlisted = `${keep}(${from}, ${quote(tag.name)}, ${as}<never>(tag, ${quote(name)}))`;
      return [
        `const tag = ${found};`,
        `switch (tag) { ${cases.join("\n")}`,
        `default: return ${unlisted}; }`,
      ].join("\n");
    }
    const expected = `an object whose ${name} is ${values.join(" or ")}`;
    return [
      this.#unlisted(way, from),
      `switch (${found}) { ${cases.join("\n")}`,
      `default: throw ${this.check("noBranch")}(${from}, ${quote(expected)}); }`,
    ].join("\n");
  }

  #byType(way: Way, branches: readonly Branch[], from: string): string {
    const tests = branches.map((branch) => {
      const type = branch.when.by === "type" ? branch.when.type : "object";
      const test =
        type === "array"
          ? `Array.isArray(${from})`
          : type === "object"
            ? `${this.check("isObject")}(${from})`
            : `typeof ${from} === ${quote(type)}`;
      return `if (${test}) return ${this.#branch(way, branch, from)};`;
    });
    if (way === "decode") return [...tests, this.#unlisted(way, from)].join("\n");
    const types = branches.map(({ when }) => (when.by === "type" ? when.type : "")).join(" or ");
    const refusal = `throw ${this.check("noBranch")}(${from}, ${quote(types)});`;
    return [this.#unlisted(way, from), ...tests, refusal].join("\n");
  }

  /** An expression that maps a value of a branch. */
  #branch(way: Way, { shape, when }: Branch, from: string): string {
    if (shape.kind !== "object") return this.expression(way, shape, from);
    return this.#object(way, shape.properties, from, when.by === "value" ? when : undefined);
  }
}

/** The member that tells the branches of a union apart, and its value in one of them. */
type Tag = Branch["when"] & { by: "value" };

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
