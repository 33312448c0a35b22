import { membersIn } from "../model/access.js";
import type { Api, Branch, Model, Property, Rule, Shape } from "../model/api.js";
import { toKebab, toPascal } from "../model/names/words.js";
import { doc } from "./doc.js";
import { key, quote } from "./escape.js";
import type { Imports } from "./imports.js";

/**
 * Whether a type describes data in requests (`input`) or in responses (`answer`). Input types are closed: the compiler
 * rejects values that the contract does not list. Response types are open, because a newer server may send more.
 * Callers can send back what they received: a response type is assignable to the input type.
 */
export type Direction = "input" | "answer";

/** By API: each file asks for them. */
const known = new WeakMap<Api, ReadonlyMap<string, Model>>();

function modelsByName(api: Api): ReadonlyMap<string, Model> {
  const models = known.get(api) ?? new Map(api.models.map((model) => [model.name, model]));
  known.set(api, models);
  return models;
}

/** Prints the types of shapes for one generated file. */
export class TypePrinter {
  readonly #models: ReadonlyMap<string, Model>;
  readonly #imports: Imports;
  readonly #folder: string;
  readonly #runtime: (module: string) => string;
  readonly #self: string | undefined;

  /**
   * @param folder - import specifier of the models' folder, relative to the file
   * @param self - name of the model that the file declares, if any
   */
  constructor(
    api: Api,
    imports: Imports,
    folder: string,
    runtime: (module: string) => string,
    self?: string,
  ) {
    this.#models = modelsByName(api);
    this.#imports = imports;
    this.#folder = folder;
    this.#runtime = runtime;
    this.#self = self;
  }

  /** The model with this name. */
  model(name: string): Model {
    const model = this.#models.get(name);
    if (model === undefined) throw new Error(`no model is named ${name}`);
    return model;
  }

  /** A shape itself: behind a reference, which may lead to another one. */
  resolve(shape: Shape): Shape {
    return shape.kind === "ref" ? this.resolve(this.model(shape.model).shape) : shape;
  }

  /** Whether a model has this name. */
  isModel(name: string): boolean {
    return this.#models.has(name);
  }

  /** Import specifier of a model's file. */
  file(name: string): string {
    return `${this.#folder}${toKebab(name)}.js`;
  }

  /** Whether the printed file declares this model. */
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

  /** The type that a model's alias is declared as. A named enum has only the listed values; its uses add the others. */
  alias(shape: Shape, direction: Direction): string {
    return shape.kind === "enum" ? literals(shape.values) : this.type(shape, direction);
  }

  /**
   * The type of a property. Decoded responses have every key: an absent property becomes its default, `null` if it is
   * nullable, or `undefined`.
   */
  property(
    property: Property,
    direction: Direction,
  ): { readonly type: string; readonly optional: boolean } {
    const type = this.type(property.shape, direction);
    if (property.required) return { type, optional: false };
    // `unknown` includes `undefined`.
    const isAny = property.shape.kind === "unknown";
    if (direction === "input")
      return { type: isAny ? type : `${type} | undefined`, optional: true };
    const isFilled = isAny || property.shape.kind === "nullable" || hasDefault(property);
    return { type: isFilled ? type : `${type} | undefined`, optional: false };
  }

  /** The type for a reference to a model. If the model has rules, the type names the properties that they need. */
  #reference(name: string, direction: Direction): string {
    const { shape, inputName = name } = this.model(name);
    if (shape.kind === "enum") return this.#listed(this.name(name, direction), shape);
    if (direction === "answer" || shape.kind !== "object") return this.name(name, direction);
    const flag = onlyFlag(shape);
    if (flag === undefined && !isChoice(shape.rules)) return this.name(name, direction);
    const fields = this.#imported(`${inputName}Fields`, name);
    // Expanded, because the compiler's message has this type: the model's name would not say which property is missing.
    if (flag === undefined) return this.#choice(shape, fields, this.#readAs(name));
    const [needed = ""] = flag.path;
    const requires = `${this.#rule("Requires")}<${quote(needed)}, ${quote(flag.flag)}, ${fields}>`;
    return `${this.name(name, direction)} | ${requires}`;
  }

  /** Imports the type of a model and returns its name. */
  name(name: string, direction: Direction): string {
    const { inputName = name } = this.model(name);
    return this.#imported(direction === "input" ? inputName : name, name);
  }

  #imported(type: string, model: string): string {
    return this.isHere(model) ? type : this.#imports.type(type, this.file(model));
  }

  /** The response type of a model, if responses contain it and it does not satisfy the input rules by itself. */
  #readAs(name: string): string[] {
    const { answered, shape } = this.model(name);
    return answered && !keepsRules(shape) ? [this.name(name, "answer")] : [];
  }

  /** An enum type with its unlisted values: any value if the document allows it, or values that a newer server sent. */
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

  /** Element types of a tuple. Elements beyond the required ones are optional. */
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
   * The index signature for additional properties; `undefined` if the document does not mention them. TypeScript
   * requires that it covers the named properties too. With more than 4 types, `unknown` is easier to read.
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
   * The input type of an object, with the rules between its properties.
   *
   * @param fields - the type without the rules
   * @param read - the response types of the object, which are valid input too: received objects satisfy the rules
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

  /** The input type of a model with rules, and the interfaces that it consists of. */
  ruled(model: Model, shape: Shape & { kind: "object" }): Ruled {
    const name = this.name(model.name, "input");
    const fields = `${name}Fields`;
    const read = this.#readAs(model.name);
    const rule = onlyFlag(shape);
    if (rule === undefined) {
      return { interfaces: [], type: this.#ruled(shape, fields, read) };
    }
    // Interfaces give better compiler messages: the compiler compares the input with them property by property.
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

  /** The property that a flag requires, and its type when the flag is set. */
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
    // A received object satisfies the rule even if its type does not show it.
    const { answered } = this.model(whole.model);
    const read = answered ? [this.name(whole.model, "answer")] : [];
    const type = `(${this.name(whole.model, "input")} & ${literal})`;
    return { needed, type: [type, ...read].join(" | ") };
  }

  /** A property of a type literal, with its doc comment. */
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

  #union(
    { branches, untagged, optionalTag }: Shape & { kind: "union" },
    direction: Direction,
  ): string {
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
    const [first] = branches;
    const bare =
      optionalTag && first?.when.by === "value"
        ? [`${this.#unrecognized("UnrecognizedVariant")}<${quote(first.when.name)}>`]
        : [];
    return [...new Set([...known, this.#unknownBranch(branches, keys), ...bare])].join(" | ");
  }

  #onlyOneOf(keys: readonly string[]): string {
    return `${this.#rule("OnlyOneOf")}<${keys.map(quote).join(" | ")}>`;
  }

  /** Whether the type of a branch already contains the value of its tag. */
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

  /** The type of a variant that a newer server sends. Input accepts it only if it came from a response. */
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

/** The type of a flag that is not set, so that it requires no other property. */
function offType({ flag }: Needs, properties: readonly Property[]): string {
  const isNullable = properties.some(
    ({ name, shape }) => name === flag && shape.kind === "nullable",
  );
  return isNullable ? "false | null | undefined" : "false | undefined";
}

/** An input type with rules, and the interfaces that it consists of. */
export interface Ruled {
  readonly interfaces: readonly RuledInterface[];
  readonly type: string;
}

/** An interface that extends the fields of an input, and the properties that it overrides. */
export interface RuledInterface {
  readonly name: string;
  readonly description: string;
  readonly members: readonly {
    readonly name: string;
    readonly type: string;
    readonly optional: boolean;
  }[];
}

/** Names of the types that a model's input type consists of; empty if the model has no rules. */
export function ruledNames({ inputName, shape }: Model): readonly string[] {
  if (inputName === undefined || shape.kind !== "object" || (shape.rules ?? []).length === 0)
    return [];
  const flag = onlyFlag(shape);
  const suffixes =
    flag === undefined ? [] : [`With${toPascal(flag.flag)}`, `Without${toPascal(flag.flag)}`];
  return ["Fields", ...suffixes].map((suffix) => `${inputName}${suffix}`);
}

/** The rule of an object that has one rule only, of the kind `requires`. */
function onlyFlag({ rules = [] }: Shape & { kind: "object" }): Needs | undefined {
  const [rule, ...others] = rules;
  return rule?.kind === "requires" && others.length === 0 ? rule : undefined;
}

/** Whether an object has rules and all of them are of the kind `someOf`. */
function isChoice(rules: readonly Rule[] = []): boolean {
  return rules.length > 0 && rules.every(({ kind }) => kind === "someOf");
}

/** Whether the response type satisfies the input rules: in each rule, one of the properties is never null or absent. */
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

/** Whether a property that is absent in a response is set to the contract's default. */
export function hasDefault(property: Property): boolean {
  return property.absent !== undefined;
}

/** The type for values that the contract does not list, of the same JavaScript type as `value`. */
function unlisted(value: unknown): string {
  return typeof value === "number" ? "UnrecognizedNumber" : "UnrecognizedString";
}

/** Prints values as a union of literal types. */
export function literals(values: readonly (string | number | boolean)[]): string {
  return values
    .map((value) => (typeof value === "string" ? quote(value) : String(value)))
    .join(" | ");
}

function parenthesised(type: string): string {
  return /[|&]|^readonly /.test(type) ? `(${type})` : type;
}
