import { type StatementStructures, StructureKind } from "ts-morph";
import { membersIn } from "../model/access.js";
import type { Branch, NumberLimits, Property, Shape, StringLimits } from "../model/api.js";
import { innerShapes } from "../model/inner.js";
import { toPascal } from "../model/names/words.js";
import { key, member, quote } from "./escape.js";
import type { Imports } from "./imports.js";
import { literals, type TypePrinter } from "./types.js";

/** `decode` maps wire data to the model, `encode` the model to wire data. */
export type Way = "decode" | "encode";

/** Prints expressions that check and map a value. `place` is the key in error messages; a whole value has none. */
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
   * The functions that the printed expressions call, for the end of the file. A nested value that contains further
   * values gets a function of its own: nested functions are hard to read, and each level doubles the formatter's time.
   */
  functions(): StatementStructures[] {
    return [...this.#functions.values()];
  }

  /** Imports a check of the runtime and returns its name. */
  check(name: string): string {
    return this.#imports.value(name, this.#runtime("check"));
  }

  /** An expression that maps `value`. */
  expression(way: Way, shape: Shape, value: string, place?: string): string {
    return this.#mapped(way, shape, value, place, place === undefined ? "" : `, ${quote(place)}`);
  }

  /** Like {@link expression}, for a string or a number whose key is in a variable named `place`. */
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

  /** An expression that checks a value against limits. */
  #within(value: string, limits: readonly Limit[], at: string): string {
    if (limits.length === 0) return value;
    const runtime = (name: string): string => this.#imports.value(name, this.#runtime("limits"));
    const printed = limits.map(({ name, args }) =>
      args === undefined ? runtime(name) : `${runtime(name)}(${args.join(", ")})`,
    );
    return `${runtime("within")}(${value}, [${printed.join(", ")}]${at})`;
  }

  /** A function that maps one value of a shape. `place` is the key of the value, or of the list that contains it. */
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

  /** Adds a function to {@link functions} and returns its name. */
  #function(way: Way, shape: Shape, place: string): string {
    const base = `${way}${toPascal(place).replace(/[^\p{ID_Continue}]/gu, "")}Member`;
    let name = base;
    // The codec of a model may have the name already: that of `TagsMember`, for example.
    const isTaken = (one: string): boolean =>
      this.#functions.has(one) || this.#types.isModel(one.slice(way.length));
    for (let count = 2; isTaken(name); count += 1) name = `${base}${count}`;
    const structure: StatementStructures = {
      kind: StructureKind.Function,
      name,
      parameters: [{ name: "value", type: "unknown" }],
      // The return type of a decoder is inferred: its caller declares the full type.
      ...(way === "encode" && { returnType: "unknown" }),
    };
    // Reserve the name first: printing the statements may add functions too.
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

  /** Imports the codec of a model and returns its name; `undefined` if the shape needs no codec. */
  codec(way: Way, name: string): string | undefined {
    const model = this.#types.model(name);
    if (!hasCodec(way, model.shape)) return undefined;
    const codec = `${way}${name}`;
    return this.#types.isHere(name) ? codec : this.#imports.value(codec, this.#types.file(name));
  }

  /** An expression that maps a property of an object and handles its absence. */
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
      // Absent and null mean the same in a response, but can differ in a request.
      return `${value} == null ? ${way === "decode" ? "null" : value} : ${mapped}`;
    }
    const mapped = this.expression(way, shape, value, name);
    return `${value} === undefined ? ${isFilled ? literals([absent]) : "undefined"} : ${mapped}`;
  }

  /** An expression that returns the input and throws if it has any other keys. */
  onlyKeys(properties: readonly Pick<Property, "name">[], from: string): string {
    const names = [...new Set(properties.map(({ name }) => quote(name)))].join(", ");
    return `${this.check("onlyKeys")}(${from}, [${names}])`;
  }

  /** A property access. For a name that every object inherits, such as `constructor`, it reads own properties only. */
  #member(from: string, name: string): string {
    if (!(name in Object.prototype)) return `${from}${member(name)}`;
    return `${this.check("own")}(${from}, ${quote(name)})`;
  }

  /** An object literal that maps every property. The tag of a union branch is printed as a constant. */
  literal(way: Way, properties: readonly Property[], from: string, tag?: Tag): string {
    const mapped = membersIn(way === "decode" ? "answer" : "input", properties);
    const members = mapped.map((property) => {
      const name = way === "decode" ? property.name : property.wireName;
      // Without brackets, `__proto__` would set the prototype.
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
    // Input may contain read-only properties, so that callers can pass objects that they received. They are not sent.
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
   * An expression for an enum. Decoders accept unlisted values too, because a newer server may send them.
   *
   * @param listed - prints and imports the type of the listed values; called for decoders only
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

  /** A statement that returns an unlisted variant of a union: decoders keep its raw value, encoders send that again. */
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

  /** An expression that tries the branches in order. */
  #trial(way: Way, branches: readonly Branch[], from: string): string {
    const readers = [...new Set(branches.map(({ shape }) => this.reader(way, shape)))];
    const first = this.#imports.value("firstOf", this.#runtime("variants"));
    const unlisted = way === "decode" ? [this.#unrecognized("keepVariant")] : [];
    return `${first}(${[from, `[${readers.join(", ")}]`, ...unlisted].join(", ")})`;
  }

  #byValue(
    way: Way,
    { branches, untagged, optionalTag }: UnionShape,
    from: string,
    tag: Tag,
  ): string {
    const cases = branches.map((branch) => {
      const value = branch.when.by === "value" ? JSON.stringify(branch.when.value) : "";
      return `case ${value}: return ${this.#variant(way, branch, from, untagged)};`;
    });
    if (untagged) cases.push(`case undefined: return ${this.#trial(way, branches, from)};`);
    if (optionalTag && way === "decode") {
      cases.push(`case undefined: return ${this.#unrecognized("keepVariant")}(${from});`);
    }
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
    // Test for dates before objects: a `Date` is an object in JavaScript, but a string on the wire.
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

  /** An expression that maps a value of a branch that was chosen by its tag. */
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

/** The property that distinguishes the branches of a union, and its value in one branch. */
type Tag = Branch["when"] & { by: "value" };

/** Whether a model of this shape has a codec function. Other shapes are checked inline. */
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

/** Whether input of this shape may be a `Date`, which is sent as a string. */
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

/** How deep functions would nest in the codec of a shape. Models count as 0: they have codecs of their own. */
function levels(shape: Shape): number {
  const inner = Math.max(0, ...innerShapes(shape).map(levels));
  switch (shape.kind) {
    case "object":
    case "tuple":
    case "union":
      return inner + 1;
    case "array":
    case "record":
      // For a list of scalars, the codec passes the name of a check and needs no function.
      return inner === 0 ? 0 : inner + 1;
    default:
      return inner;
  }
}

/** A limit of the runtime. With `args` it is a function to call, without them the limit itself. */
interface Limit {
  readonly name: string;
  readonly args?: readonly (string | number)[];
}

function stringLimits(limits: StringLimits): Limit[] {
  const { minBytes, maxBytes, minLength, maxLength, pattern, not } = limits;
  // A character takes one to four bytes, so a limit in bytes can imply one in characters. Leave out implied limits.
  const isLeastImplied = minLength !== undefined && (minBytes ?? 0) > 4 * (minLength - 1);
  const isMostImplied =
    maxLength !== undefined && (maxBytes ?? Number.POSITIVE_INFINITY) <= maxLength;
  return [
    ...amountLimits("byteCount", minBytes, maxBytes),
    ...amountLimits(
      "characterCount",
      isLeastImplied ? undefined : minLength,
      isMostImplied ? undefined : maxLength,
    ),
    ...(not === undefined ? [] : [{ name: "noneOf", args: not.map(quote) }]),
    ...(pattern === undefined
      ? []
      : pattern === nulPattern
        ? [{ name: "withoutNul" }]
        : [{ name: "matching", args: [quote(pattern)] }]),
  ];
}

/** The pattern that forbids NUL. The runtime has its own check for it, with a clearer message than a pattern's. */
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
 * Prints an arrow function. If it contains several others, its body is a block: the formatter tries every layout of
 * nested arrow functions, and each level takes it four times as long.
 */
function arrow(parameter: string, expression: string): string {
  const body = expression.split("=>").length > 2 ? `{ return ${expression}; }` : expression;
  return `(${parameter}) => ${body}`;
}
