import { type StatementStructures, StructureKind } from "ts-morph";
import { membersIn } from "../model/access.js";
import type { Branch, NumberLimits, Property, Shape, StringLimits } from "../model/api.js";
import { innerShapes } from "../model/inner.js";
import { toPascal } from "../model/names/words.js";
import { key, member, quote } from "./escape.js";
import type { Imports } from "./imports.js";
import { literals, type TypePrinter } from "./types.js";

/** Wire to model, or model to wire. */
export type Way = "decode" | "encode";

/** Prints expressions that check and map a value. `place` is the key that an error names; none for whole values. */
export class CodecPrinter {
  readonly #types: TypePrinter;
  readonly #imports: Imports;
  readonly #runtime: (module: string) => string;
  readonly #functions = new Map<string, StatementStructures>();

  constructor(types: TypePrinter, imports: Imports, runtime: (module: string) => string) {
    this.#types = types;
    this.#imports = imports;
    this.#runtime = runtime;
  }

  /**
   * The functions that the printed expressions call, for the end of the file. A value within a value has a function
   * of its own where it holds further ones: people lose their way in nested functions, and the time of formatters
   * doubles with each level.
   */
  functions(): StatementStructures[] {
    return [...this.#functions.values()];
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
          const text = this.#imports.value("asText", this.#runtime("limits"));
          return this.#within(`${text}(${value}${at})`, stringLimits(shape.limits), at);
        }
        return `${this.check("asString")}(${value}${at})`;
      case "binary":
        return way === "encode"
          ? `${this.#imports.value("asBlob", this.#runtime("binary"))}(${value}${at})`
          : `${this.#imports.value("readBlob", this.#runtime("responses"))}(${value})`;
      case "boolean":
        return `${this.check("asBoolean")}(${value}${at})`;
      case "enum":
        return this.#enum(way, shape, () => this.#types.alias(shape, "answer"), `${value}${at}`);
      case "literal":
        return `${this.check("asLiteral")}(${value}, [${shape.values.map((one) => literals([one])).join(", ")}]${at})`;
      case "null":
        return `${this.check("asNull")}(${value}${at})`;
      case "unknown":
        return value;
      case "number": {
        const checked = `${this.check(shape.integer ? "asInteger" : "asNumber")}(${value}${at})`;
        if (way === "decode" || Object.keys(shape.limits).length === 0) return checked;
        return this.#within(checked, numberLimits(shape.limits), at);
      }
      case "dateTime":
        return `${this.#imports.value(way === "decode" ? "asDate" : "toDateTime", this.#runtime("dates"))}(${value}${at})`;
      case "nullable":
        return `${value} === null ? null : ${this.expression(way, shape.shape, value, place)}`;
      case "array":
      case "record": {
        const item = this.reader(way, shape.kind === "array" ? shape.items : shape.values, place);
        const name = this.check(shape.kind === "array" ? "asArray" : "asRecord");
        const key = place === undefined ? "undefined" : quote(place);
        const mapped = `${name}(${value}, ${key}, ${item})`;
        if (way === "decode" || shape.kind === "record") return mapped;
        return this.#within(mapped, amountLimits("itemCount", shape.minItems, shape.maxItems), at);
      }
      case "ref":
        return this.#reference(way, shape.model, value, place);
      case "object":
        if (place === undefined) return this.#object(way, shape, value);
        return `${this.check("nested")}(${value}, ${quote(place)}, ${this.reader(way, shape, place)})`;
      case "tuple":
        if (place === undefined) return this.#tuple(way, shape, value);
        return `${this.check("nested")}(${value}, ${quote(place)}, ${this.reader(way, shape, place)})`;
      case "union":
        return `${this.check("nested")}(${value}, ${quote(place ?? "")}, ${this.reader(way, shape, place)})`;
    }
  }

  /** An expression that checks a value against limits of the runtime. */
  #within(value: string, limits: readonly Limit[], at: string): string {
    if (limits.length === 0) return value;
    const runtime = (name: string): string => this.#imports.value(name, this.#runtime("limits"));
    const printed = limits.map(({ name, args }) =>
      args === undefined ? runtime(name) : `${runtime(name)}(${args.join(", ")})`,
    );
    return `${runtime("within")}(${value}, [${printed.join(", ")}]${at})`;
  }

  /** A function that maps one value of a shape. `place` is the key where the value, or the list of it, stands. */
  reader(way: Way, shape: Shape, place?: string): string {
    if (levels(shape) > 1) return this.#function(way, shape, place ?? "value");
    switch (shape.kind) {
      case "ref": {
        const name = this.codec(way, shape.model);
        if (name !== undefined) return name;
        const target = this.#types.model(shape.model).shape;
        return target.kind === "enum" && way === "decode"
          ? arrow("value", this.expression(way, shape, "value"))
          : this.reader(way, target);
      }
      case "union":
        return `(value) => { ${this.body(way, shape, "value")} }`;
      default: {
        const expression = this.expression(way, shape, "value");
        const direct = /^(\w+)\(value\)$/.exec(expression)?.[1];
        return direct ?? arrow("value", expression);
      }
    }
  }

  /** Name of a function of the file, which {@link functions} gives. */
  #function(way: Way, shape: Shape, place: string): string {
    const base = `${way}${toPascal(place).replace(/[^\p{ID_Continue}]/gu, "")}Member`;
    let name = base;
    // A model may be called so: `TagsMember`.
    const isTaken = (one: string): boolean =>
      this.#functions.has(one) || this.#types.isModel(one.slice(way.length));
    for (let count = 2; isTaken(name); count += 1) name = `${base}${count}`;
    const structure: StatementStructures = {
      kind: StructureKind.Function,
      name,
      parameters: [{ name: "value", type: "unknown" }],
      // Decoders are inferred: their types stand in full where they are read.
      ...(way === "encode" && { returnType: "unknown" }),
    };
    // Its place is taken before its statements are printed, which may need functions too.
    this.#functions.set(name, structure);
    this.#functions.set(name, { ...structure, statements: this.body(way, shape, "value") });
    return name;
  }

  /** The statements of a function that maps the value named `from`. */
  body(way: Way, shape: Shape, from: string): string {
    switch (shape.kind) {
      case "union":
        return this.#union(way, shape, from);
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
    const value = this.#member(from, name);
    const { shape, absent } = property;
    const isFilled = way === "decode" && absent !== undefined;
    if (property.required || (shape.kind === "unknown" && !isFilled)) {
      return this.expression(way, shape, value, name);
    }
    if (shape.kind === "nullable" && !isFilled) {
      const mapped = this.expression(way, shape.shape, value, name);
      // Absent and null mean the same in a response; in a request they may not.
      return `${value} == null ? ${way === "decode" ? "null" : value} : ${mapped}`;
    }
    const mapped = this.expression(way, shape, value, name);
    return `${value} === undefined ? ${isFilled ? literals([absent]) : "undefined"} : ${mapped}`;
  }

  /** A check that refuses input with other keys than these; what it returns has them. */
  onlyKeys(properties: readonly Pick<Property, "name">[], from: string): string {
    const names = properties.map(({ name }) => quote(name)).join(", ");
    return `${this.check("onlyKeys")}(${from}, [${names}])`;
  }

  /** A member of a value; by a name that every object inherits, only its own. */
  #member(from: string, name: string): string {
    if (!(name in Object.prototype)) return `${from}${member(name)}`;
    return `${this.check("own")}(${from}, ${quote(name)})`;
  }

  /** An object literal with every member mapped. A member that the tag of a union fixes is written as it is. */
  literal(way: Way, properties: readonly Property[], from: string, tag?: Tag): string {
    const mapped = membersIn(way === "decode" ? "answer" : "input", properties);
    const members = mapped.map((property) => {
      const name = way === "decode" ? property.name : property.wireName;
      // Written bare, this name would set the prototype.
      const target = name === "__proto__" ? `["__proto__"]` : key(name);
      if (property.wireName === tag?.wireName)
        return `${target}: ${JSON.stringify(tag.value)}${way === "decode" ? " as const" : ""}`;
      return `${target}: ${this.property(way, property, from)}`;
    });
    return `{ ${members.join(",\n")} }`;
  }

  #tuple(way: Way, shape: Shape & { kind: "tuple" }, value: string): string {
    const readers = shape.items.map((item) => this.reader(way, item));
    const rest = shape.rest === undefined ? [] : [this.reader(way, shape.rest)];
    const args = [value, shape.required, `[${readers.join(", ")}]`, ...rest];
    const type = way === "decode" ? `<${this.#types.type(shape, "answer")}>` : "";
    return `${this.check("asTuple")}${type}(${args.join(", ")})`;
  }

  #object(way: Way, shape: ObjectShape, value: string, tag?: Tag): string {
    const { properties, additional } = shape;
    const isRead = way === "decode";
    // What is only read is allowed in input, since it comes with what was read, and is not sent.
    const names = properties.map((one) => quote(isRead ? one.wireName : one.name));
    const from = isRead ? "wire" : "input";
    const literal = this.literal(way, properties, from, tag);
    const isUsed = literal.includes(from);
    const args = [value, `[${names.join(", ")}]`, arrow(isUsed ? from : "", `(${literal})`)];
    if (additional === undefined) {
      return `${this.check(isRead ? "asObject" : "asInput")}(${args.join(", ")})`;
    }
    const open = isRead ? "asOpenObject" : "asOpenInput";
    const check = this.#imports.value(open, this.#runtime("open-objects"));
    return `${check}(${[...args, this.reader(way, additional)].join(", ")})`;
  }

  #reference(way: Way, name: string, value: string, place: string | undefined): string {
    const codec = this.codec(way, name);
    const { shape } = this.#types.model(name);
    if (codec === undefined) {
      if (shape.kind !== "enum") return this.expression(way, shape, value, place);
      const at = place === undefined ? "" : `, ${quote(place)}`;
      return this.#enum(way, shape, () => this.#types.name(name, "answer"), `${value}${at}`);
    }
    const takesPlace = shape.kind === "string" || shape.kind === "number";
    if (place === undefined) return `${codec}(${value})`;
    return takesPlace
      ? `${codec}(${value}, ${quote(place)})`
      : `${this.check("nested")}(${value}, ${quote(place)}, ${codec})`;
  }

  /**
   * A value that is open when it is read: the contract lists some, and a server may know more.
   *
   * @param listed - prints the type of those that are listed, and imports it: for readers alone
   */
  #enum(way: Way, shape: Shape & { kind: "enum" }, listed: () => string, args: string): string {
    const isNumber = typeof shape.values[0] === "number";
    if (way === "encode" || shape.open)
      return `${this.check(isNumber ? "asNumber" : "asString")}(${args})`;
    return `${this.#unrecognized(isNumber ? "asOpenNumber" : "asOpenString")}<${listed()}>(${args})`;
  }

  #unrecognized(name: string): string {
    return this.#imports.value(name, this.#runtime("unrecognized"));
  }

  /** A statement that returns a variant of a union that the contract does not list: read as it is, or written as it was read. */
  #unlisted(way: Way, from: string): string {
    if (way === "decode") return `return ${this.#unrecognized("keepVariant")}(${from});`;
    return `if (${this.#unrecognized("isUnrecognized")}(${from})) return ${from}.raw;`;
  }

  #union(way: Way, shape: UnionShape, from: string): string {
    const { branches } = shape;
    const [first] = branches;
    if (first?.when.by === "value") return this.#byValue(way, shape, from, first.when);
    if (first?.when.by === "type") return this.#byType(way, branches, from);
    if (first?.when.by === "trial") {
      const found = `return ${this.#trial(way, branches, from)};`;
      return way === "decode" ? found : `${this.#unlisted(way, from)}\n${found}`;
    }
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

  /** An expression that tries the branches one by one. */
  #trial(way: Way, branches: readonly Branch[], from: string): string {
    const readers = [...new Set(branches.map(({ shape }) => this.reader(way, shape)))];
    const first = this.#imports.value("firstOf", this.#runtime("variants"));
    const unlisted = way === "decode" ? [this.#unrecognized("keepVariant")] : [];
    return `${first}(${[from, `[${readers.join(", ")}]`, ...unlisted].join(", ")})`;
  }

  #byValue(way: Way, { branches, untagged }: UnionShape, from: string, tag: Tag): string {
    const cases = branches.map((branch) => {
      const value = branch.when.by === "value" ? JSON.stringify(branch.when.value) : "";
      return `case ${value}: return ${this.#variant(way, branch, from, untagged)};`;
    });
    if (untagged) cases.push(`case undefined: return ${this.#trial(way, branches, from)};`);
    const values = branches.map(({ when }) =>
      when.by === "value" ? JSON.stringify(when.value) : "",
    );
    const name = way === "decode" ? tag.wireName : tag.name;
    const found = `${this.check("members")}<${quote(name)}>(${from})${member(name)}`;
    if (way === "decode" && untagged) {
      return `switch (${found}) { ${cases.join("\n")}\ndefault: ${this.#unlisted(way, from)} }`;
    }
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
    const hasDate = (branch: Branch): boolean =>
      way === "encode" && holdsDate(branch.shape, (name) => this.#types.model(name).shape);
    // A date is an object to JavaScript and a string on the wire.
    const order = [...branches].sort((a, b) => Number(hasDate(b)) - Number(hasDate(a)));
    const tests = order.map((branch) => {
      const type = branch.when.by === "type" ? branch.when.type : "object";
      const test =
        type === "array"
          ? `Array.isArray(${from})`
          : type === "object"
            ? `${this.check("isObject")}(${from})`
            : `typeof ${from} === ${quote(type)}${hasDate(branch) ? ` || ${this.#imports.value("isDate", this.#runtime("dates"))}(${from})` : ""}`;
      if (branch.shape.kind === "union") {
        return `if (${test}) { ${this.body(way, branch.shape, from)} }`;
      }
      return `if (${test}) return ${this.#branch(way, branch, from)};`;
    });
    if (way === "decode") return [...tests, this.#unlisted(way, from)].join("\n");
    const types = branches.map(({ when }) => (when.by === "type" ? when.type : "")).join(" or ");
    const refusal = `throw ${this.check("noBranch")}(${from}, ${quote(types)});`;
    return [this.#unlisted(way, from), ...tests, refusal].join("\n");
  }

  /** An expression that maps a value of a branch that the value of a tag leads to. */
  #variant(way: Way, branch: Branch, from: string, untagged = false): string {
    const { shape, when } = branch;
    if (untagged) return this.#branch(way, { ...branch, when: { by: "trial" } }, from);
    const mapped = this.#branch(way, branch, from);
    const needsTag = way === "decode" && when.by === "value" && !this.#types.hasTag(shape, when);
    if (!needsTag || shape.kind === "object") return mapped;
    const tagged = this.#imports.value("tagged", this.#runtime("variants"));
    return `${tagged}(${mapped}, ${quote(when.name)}, ${literals([when.value])})`;
  }

  /** An expression that maps a value of a branch. */
  #branch(way: Way, { shape, when }: Branch, from: string): string {
    if (shape.kind === "union") {
      return `(${this.reader(way, shape)})(${from})`;
    }
    if (shape.kind !== "object") return this.expression(way, shape, from);
    return this.#object(way, shape, from, when.by === "value" ? when : undefined);
  }
}

type ObjectShape = Shape & { kind: "object" };
type UnionShape = Shape & { kind: "union" };

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
    case "literal":
    case "null":
    case "unknown":
    case "dateTime":
      return false;
    case "nullable":
      return hasCodec(way, shape.shape);
    default:
      return true;
  }
}

/** Whether a shape that is a string on the wire may be a `Date` in input. */
function holdsDate(shape: Shape, modelShape: (model: string) => Shape): boolean {
  switch (shape.kind) {
    case "dateTime":
      return true;
    case "ref":
      return holdsDate(modelShape(shape.model), modelShape);
    case "union":
      return shape.branches.some((branch) => holdsDate(branch.shape, modelShape));
    default:
      return false;
  }
}

/** How deep the functions of a shape's codec are nested; models have codecs of their own. */
function levels(shape: Shape): number {
  const inner = Math.max(0, ...innerShapes(shape).map(levels));
  switch (shape.kind) {
    case "object":
    case "tuple":
    case "union":
      return inner + 1;
    case "array":
    case "record":
      // A list of scalars passes the name of a check.
      return inner === 0 ? 0 : inner + 1;
    default:
      return inner;
  }
}

/** A limit of the runtime and what it is called with; without `args` it is a limit itself. */
interface Limit {
  readonly name: string;
  readonly args?: readonly (string | number)[];
}

function stringLimits(limits: StringLimits): Limit[] {
  const { minBytes, maxBytes, minLength, maxLength, pattern, not } = limits;
  // A character has one to four bytes. What the bytes say already is not said again.
  const isLeastSaid = minLength !== undefined && (minBytes ?? 0) > 4 * (minLength - 1);
  const isMostSaid = maxLength !== undefined && (maxBytes ?? Number.POSITIVE_INFINITY) <= maxLength;
  return [
    ...amountLimits("byteCount", minBytes, maxBytes),
    ...amountLimits(
      "characterCount",
      isLeastSaid ? undefined : minLength,
      isMostSaid ? undefined : maxLength,
    ),
    ...(not === undefined ? [] : [{ name: "noneOf", args: not.map(quote) }]),
    ...(pattern === undefined
      ? []
      : pattern === nulPattern
        ? [{ name: "withoutNul" }]
        : [{ name: "matching", args: [quote(pattern)] }]),
  ];
}

/** The pattern that forbids NUL: the runtime has a check for it, whose message says so. */
const nulPattern = "^[^\\u0000]*$";

function numberLimits(limits: NumberLimits): Limit[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = limits;
  const one = (name: string, bound: number | undefined): Limit[] =>
    bound === undefined ? [] : [{ name, args: [bound] }];
  return [
    ...(minimum !== undefined && maximum !== undefined
      ? [{ name: "between", args: [minimum, maximum] }]
      : [...one("atLeast", minimum), ...one("atMost", maximum)]),
    ...one("above", exclusiveMinimum),
    ...one("below", exclusiveMaximum),
    ...one("multipleOf", multipleOf),
  ];
}

function amountLimits(name: string, least: number | undefined, most: number | undefined): Limit[] {
  if (least === undefined && most === undefined) return [];
  return [{ name, args: [least ?? 0, ...(most === undefined ? [] : [most])] }];
}

function hasLimits(limits: StringLimits): boolean {
  return Object.keys(limits).length > 0;
}

/**
 * An arrow function. Around several others, its body is a block: the formatter tries every layout of arrows in arrows,
 * and takes four times as long for each level.
 */
function arrow(parameter: string, expression: string): string {
  const body = expression.split("=>").length > 2 ? `{ return ${expression}; }` : expression;
  return `(${parameter}) => ${body}`;
}
