import { membersIn } from "../model/access.js";
import type { Api, Branch, Model, Property, Rule, Shape } from "../model/api.js";
import { toKebab, toPascal } from "../model/names/words.js";
import { doc } from "./doc.js";
import { key, quote } from "./escape.js";
import type { Imports } from "./imports.js";

/**
 * What is written (`input`) is closed: the compiler refuses what the contract does not list. What is read (`answer`)
 * is open, because a server grows. What was read can be written: the type that is read is assignable to the other.
 */
export type Direction = "input" | "answer";

/** Prints the types of shapes for one generated file. */
export class TypePrinter {
  readonly #models: ReadonlyMap<string, Model>;
  readonly #imports: Imports;
  readonly #folder: string;
  readonly #runtime: (module: string) => string;
  readonly #self: string | undefined;

  /** @param folder - specifier prefix of the models' folder, seen from the file; @param self - the model printed in it */
  constructor(
    api: Api,
    imports: Imports,
    folder: string,
    runtime: (module: string) => string,
    self?: string,
  ) {
    this.#models = new Map(api.models.map((model) => [model.name, model]));
    this.#imports = imports;
    this.#folder = folder;
    this.#runtime = runtime;
    this.#self = self;
  }

  /** The model behind a name. */
  model(name: string): Model {
    const model = this.#models.get(name);
    if (model === undefined) throw new Error(`no model is named ${name}`);
    return model;
  }

  /** Whether a model has this name. */
  isModel(name: string): boolean {
    return this.#models.has(name);
  }

  /** Specifier of the file of a model. */
  file(name: string): string {
    return `${this.#folder}${toKebab(name)}.js`;
  }

  /** Whether a name stands in the file that is printed. */
  isHere(name: string): boolean {
    return name === this.#self;
  }

  /** The type of a shape. */
  type(shape: Shape, direction: Direction): string {
    switch (shape.kind) {
      case "string":
        return "string";
      case "number":
        return "number";
      case "boolean":
        return "boolean";
      case "binary":
        return direction === "answer"
          ? "Blob"
          : this.#imports.type("BinaryInput", this.#runtime("binary"));
      case "dateTime":
        return direction === "answer"
          ? "Date"
          : this.#imports.type("DateInput", this.#runtime("dates"));
      case "enum":
        return this.#listed(literals(shape.values), shape);
      case "literal":
        return literals(shape.values);
      case "null":
      case "unknown":
        return shape.kind;
      case "array":
        return `readonly ${parenthesised(this.type(shape.items, direction))}[]`;
      case "tuple":
        return `readonly [${this.#elements(shape, direction).join(", ")}]`;
      case "record":
        return `{ readonly [name: string]: ${this.type(shape.values, direction)} }`;
      case "object":
        return this.#object(shape, direction);
      case "union":
        return this.#union(shape, direction);
      case "nullable":
        return `${this.type(shape.shape, direction)} | null`;
      case "ref":
        return this.#reference(shape.model, direction);
    }
  }

  /** The type that the name of a model stands for. A named enum lists what the contract does; where it is held, it is open. */
  alias(shape: Shape, direction: Direction): string {
    return shape.kind === "enum" ? literals(shape.values) : this.type(shape, direction);
  }

  /** The type of a member. Responses have every key: what was absent is `null` where the contract knows null, its default, or `undefined`. */
  property(
    property: Property,
    direction: Direction,
  ): { readonly type: string; readonly optional: boolean } {
    const type = this.type(property.shape, direction);
    if (property.required) return { type, optional: false };
    // Anything may also be nothing.
    const isAny = property.shape.kind === "unknown";
    if (direction === "input")
      return { type: isAny ? type : `${type} | undefined`, optional: true };
    const isFilled = isAny || property.shape.kind === "nullable" || hasDefault(property);
    return { type: isFilled ? type : `${type} | undefined`, optional: false };
  }

  /** The name of the type of a model; it says what a rule needs, where the model has one. */
  #reference(name: string, direction: Direction): string {
    const { shape, inputName = name } = this.model(name);
    if (shape.kind === "enum") return this.#listed(this.name(name, direction), shape);
    if (direction === "answer" || shape.kind !== "object") return this.name(name, direction);
    const flag = onlyFlag(shape);
    if (flag === undefined && !isChoice(shape.rules)) return this.name(name, direction);
    const fields = this.#imported(`${inputName}Fields`, name);
    // Written out, because the compiler's message has the name of this type, and the other does not say what is missing.
    if (flag === undefined) return this.#choice(shape, fields, this.#readAs(name));
    const [needed = ""] = flag.path;
    const requires = `${this.#rule("Requires")}<${quote(needed)}, ${quote(flag.flag)}, ${fields}>`;
    return `${this.name(name, direction)} | ${requires}`;
  }

  /** The name of the type of a model, imported. */
  name(name: string, direction: Direction): string {
    const { inputName = name } = this.model(name);
    return this.#imported(direction === "input" ? inputName : name, name);
  }

  #imported(type: string, model: string): string {
    return this.isHere(model) ? type : this.#imports.type(type, this.file(model));
  }

  /** The type as which a model is read, where it is, and where that does not keep the rules by itself. */
  #readAs(name: string): string[] {
    const { answered, shape } = this.model(name);
    return answered && !keepsRules(shape) ? [this.name(name, "answer")] : [];
  }

  /** What is listed, and anything else: where the document allows it, or where a newer server sends it. */
  #listed(listed: string, { values, open }: Shape & { kind: "enum" }): string {
    const others = open ? `(${typeof values[0]} & {})` : this.#unrecognized(unlisted(values[0]));
    return `${listed} | ${others}`;
  }

  #unrecognized(name: string): string {
    return this.#imports.type(name, this.#runtime("unrecognized"));
  }

  #rule(name: string): string {
    return this.#imports.type(name, this.#runtime("input-rules"));
  }

  /** Elements of a tuple: those that need not be there are optional. */
  #elements(shape: Shape & { kind: "tuple" }, direction: Direction): string[] {
    const items = shape.items.map((item, index) => {
      const type = this.type(item, direction);
      return index < shape.required ? type : `${parenthesised(type)}?`;
    });
    const { rest } = shape;
    return rest === undefined
      ? items
      : [...items, `...${parenthesised(this.type(rest, direction))}[]`];
  }

  #object(shape: Shape & { kind: "object" }, direction: Direction): string {
    const literal = this.#literal(shape, direction);
    if (direction === "answer" || shape.rules === undefined) return literal;
    const read = keepsRules(shape) ? [] : [this.#literal(shape, "answer")];
    return this.#ruled(shape, literal, read);
  }

  #literal(
    shape: Shape & { kind: "object" },
    direction: Direction,
    extra: readonly string[] = [],
    tag?: string,
  ): string {
    const properties = membersIn(direction, shape.properties);
    const index = this.index(shape, direction);
    if (properties.length + extra.length === 0 && index === undefined) {
      return "Readonly<Record<string, never>>";
    }
    const members = properties.map((one) => this.member(one, direction, one.wireName === tag));
    const others = index === undefined ? [] : [`readonly [name: string]: ${index};`];
    return `{\n${[...members, ...extra, ...others].join("\n")} }`;
  }

  /**
   * The type of members beyond those that an object names; `undefined` where the document does not speak of them.
   * TypeScript wants it to cover the named ones too: where these are of many types, only `unknown` is readable.
   */
  index(shape: Shape & { kind: "object" }, direction: Direction): string | undefined {
    if (shape.additional === undefined) return undefined;
    const named = membersIn(direction, shape.properties).map((one) =>
      this.property(one, direction),
    );
    const types = [
      this.type(shape.additional, direction),
      ...named.map(({ type }) => type),
    ].flatMap((type) => (/[{<]/.test(type) ? type : type.split(" | ")));
    const distinct = [...new Set(types)];
    return distinct.includes("unknown") || distinct.length > 4 ? "unknown" : distinct.join(" | ");
  }

  /**
   * The type of an object in requests with the rules between its members.
   *
   * @param fields - the type without the rules
   * @param read - how such an object is read, which is allowed as it is: what was read has passed the rules
   */
  #ruled(shape: Shape & { kind: "object" }, fields: string, read: readonly string[]): string {
    const needs = (shape.rules ?? []).flatMap((rule) => {
      if (rule.kind !== "requires") return [];
      const { needed, type } = this.#needed(rule, shape.properties);
      const off = `{ readonly ${key(rule.flag)}?: ${offType(rule, shape.properties)} }`;
      return [`(${off} | { readonly ${key(needed)}: ${type} })`];
    });
    return [[this.#choice(shape, fields, []), ...needs].join(" & "), ...read].join(" | ");
  }

  #choice(shape: Shape & { kind: "object" }, fields: string, read: readonly string[]): string {
    let type = fields;
    for (const rule of shape.rules ?? []) {
      if (rule.kind !== "someOf") continue;
      type = `${this.#rule("AtLeastOneOf")}<${rule.names.map(quote).join(" | ")}, ${type}>`;
    }
    return [type, ...read].join(" | ");
  }

  /** The type of a model in requests with the rules between its members, and what it is made of. */
  ruled(model: Model, shape: Shape & { kind: "object" }): Ruled {
    const name = this.name(model.name, "input");
    const fields = `${name}Fields`;
    const read = this.#readAs(model.name);
    const rule = onlyFlag(shape);
    if (rule === undefined) {
      return { interfaces: [], type: this.#ruled(shape, fields, read) };
    }
    // Interfaces, because the compiler compares an input with them property by property.
    const { needed, type } = this.#needed(rule, shape.properties);
    const path = rule.path.join(".");
    const on = {
      name: `${name}With${toPascal(rule.flag)}`,
      description: `{@link ${name}} with \`${rule.flag}\`, which needs \`${path}\`.`,
      members: [
        { name: rule.flag, type: "boolean", optional: false },
        { name: needed, type, optional: false },
      ],
    };
    const off = {
      name: `${name}Without${toPascal(rule.flag)}`,
      description: `{@link ${name}} without \`${rule.flag}\`.`,
      members: [{ name: rule.flag, type: offType(rule, shape.properties), optional: true }],
    };
    return { interfaces: [on, off], type: [on.name, off.name, ...read].join(" | ") };
  }

  /** The property that a flag needs, and its type then. */
  #needed(
    { path, shape }: Needs,
    properties: readonly Property[],
  ): { needed: string; type: string } {
    const [needed = "", ...inner] = path;
    const value = this.type(shape, "input");
    if (inner.length === 0) return { needed, type: value };
    const literal = inner.reduceRight((type, name) => `{ readonly ${key(name)}: ${type} }`, value);
    const property = properties.find(({ name }) => name === needed);
    const whole = property === undefined ? undefined : withoutNull(property.shape);
    if (whole === undefined) return { needed, type: literal };
    if (whole.kind !== "ref") {
      return { needed, type: `(${parenthesised(this.type(whole, "input"))} & ${literal})` };
    }
    // What was read has passed the rule, whatever its type says of it.
    const { answered } = this.model(whole.model);
    const read = answered ? [this.name(whole.model, "answer")] : [];
    const type = `(${this.name(whole.model, "input")} & ${literal})`;
    return { needed, type: [type, ...read].join(" | ") };
  }

  /** A member of a type literal, with its comment. */
  member(property: Property, direction: Direction, closed = false): string {
    const { shape } = property;
    const { type, optional } =
      closed && shape.kind === "enum"
        ? { type: literals(shape.values), optional: false }
        : this.property(property, direction);
    const [text] = doc([property.description]);
    const lines = text?.trim().split("\n") ?? [];
    const comment =
      lines.length < 2
        ? lines.map((line) => `/** ${line} */\n`).join("")
        : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
    return `${comment}readonly ${key(property.name)}${optional ? "?" : ""}: ${type};`;
  }

  #union({ branches, untagged }: Shape & { kind: "union" }, direction: Direction): string {
    if (untagged) {
      const types = branches.map(({ shape }) => this.type(shape, direction));
      return [...new Set(types), this.#unrecognized("UnrecognizedVariant")].join(" | ");
    }
    const keys = branches.flatMap(({ when }) => (when.by === "key" ? when.name : []));
    const known = branches.map(({ shape, when }) => {
      if (shape.kind === "object") {
        const others = keys.filter((name) => when.by === "key" && name !== when.name);
        const absent = others.map((name) => {
          const none = direction === "answer" ? "never" : this.#onlyOneOf(keys);
          return `readonly ${key(name)}?: ${none};`;
        });
        const tag = when.by === "value" ? when.wireName : undefined;
        const literal = this.#literal(shape, direction, absent, tag);
        if (direction === "answer" || shape.rules === undefined) return literal;
        return `(${this.#ruled(shape, literal, [])})`;
      }
      const type = this.type(shape, direction);
      return when.by === "value" && !this.hasTag(shape, when)
        ? `(${parenthesised(type)} & { readonly ${key(when.name)}: ${literals([when.value])} })`
        : type;
    });
    return [...new Set([...known, this.#unknownBranch(branches, keys)])].join(" | ");
  }

  #onlyOneOf(keys: readonly string[]): string {
    return `${this.#rule("OnlyOneOf")}<${keys.map(quote).join(" | ")}>`;
  }

  /** Whether the type of a branch says by itself which value its tag has. */
  hasTag(shape: Shape, tag: Branch["when"] & { by: "value" }): boolean {
    if (shape.kind === "ref") return this.hasTag(this.model(shape.model).shape, tag);
    if (shape.kind !== "object") return false;
    const property = shape.properties.find(({ wireName }) => wireName === tag.wireName);
    return (
      property?.required === true &&
      property.shape.kind === "literal" &&
      property.shape.values.length === 1 &&
      property.shape.values[0] === tag.value
    );
  }

  /** What a newer server sends in place of a branch; it is written, too, but only where it was read. */
  #unknownBranch(branches: readonly Branch[], keys: readonly string[]): string {
    const [first] = branches;
    if (first?.when.by === "value") {
      const { name, value } = first.when;
      const tag = this.#unrecognized(unlisted(value));
      return `${this.#unrecognized("UnrecognizedTag")}<${quote(name)}, ${tag}>`;
    }
    const variant = this.#unrecognized("UnrecognizedVariant");
    return keys.length === 0 ? variant : `${variant}<${keys.map(quote).join(" | ")}>`;
  }
}

type Needs = Rule & { kind: "requires" };

/** What a flag can be where it does not need its property. */
function offType({ flag }: Needs, properties: readonly Property[]): string {
  const isNullable = properties.some(
    ({ name, shape }) => name === flag && shape.kind === "nullable",
  );
  return isNullable ? "false | null | undefined" : "false | undefined";
}

/** The type of an input with rules, and the interfaces that it is made of. */
export interface Ruled {
  readonly interfaces: readonly RuledInterface[];
  readonly type: string;
}

/** An interface that extends the fields of an input, and the members in which it differs from them. */
export interface RuledInterface {
  readonly name: string;
  readonly description: string;
  readonly members: readonly {
    readonly name: string;
    readonly type: string;
    readonly optional: boolean;
  }[];
}

/** Names of the types that the type of a model in requests is made of, where it has rules. */
export function ruledNames({ inputName, shape }: Model): readonly string[] {
  if (inputName === undefined || shape.kind !== "object" || (shape.rules ?? []).length === 0)
    return [];
  const flag = onlyFlag(shape);
  const suffixes =
    flag === undefined ? [] : [`With${toPascal(flag.flag)}`, `Without${toPascal(flag.flag)}`];
  return ["Fields", ...suffixes].map((suffix) => `${inputName}${suffix}`);
}

/** The rule of an object whose one rule is that a flag needs a property. */
function onlyFlag({ rules = [] }: Shape & { kind: "object" }): Needs | undefined {
  const [rule, ...others] = rules;
  return rule?.kind === "requires" && others.length === 0 ? rule : undefined;
}

/** Whether all that the rules of an object ask for is one of several properties. */
function isChoice(rules: readonly Rule[] = []): boolean {
  return rules.length > 0 && rules.every(({ kind }) => kind === "someOf");
}

/** Whether each object that is read keeps the rules for requests: one of the properties that a rule names is never null. */
function keepsRules(shape: Shape): boolean {
  if (shape.kind !== "object") return false;
  return (shape.rules ?? []).every(
    (rule) =>
      rule.kind === "someOf" &&
      shape.properties.some(
        (one) =>
          rule.names.includes(one.name) &&
          one.shape.kind !== "nullable" &&
          (one.required || hasDefault(one)),
      ),
  );
}

function withoutNull(shape: Shape): Shape {
  return shape.kind === "nullable" ? shape.shape : shape;
}

/** Whether an absent member of a response is filled with the contract's default. */
export function hasDefault(property: Property): boolean {
  return property.absent !== undefined;
}

/** The type of values like this one that the contract does not list. */
function unlisted(value: unknown): string {
  return typeof value === "number" ? "UnrecognizedNumber" : "UnrecognizedString";
}

/** Values as literals of a union type, or of an array. */
export function literals(values: readonly (string | number | boolean)[]): string {
  return values
    .map((value) => (typeof value === "string" ? quote(value) : String(value)))
    .join(" | ");
}

function parenthesised(type: string): string {
  return /[|&]|^readonly /.test(type) ? `(${type})` : type;
}
