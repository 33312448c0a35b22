import type { Api, Model, Property, Rule, Shape } from "../model/api.js";
import { toKebab } from "../model/names/words.js";
import { doc } from "./doc.js";
import { key, quote } from "./escape.js";
import type { Imports } from "./imports.js";

/** Requests are checked by the compiler; answers may hold more than was known when this was generated. */
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
        return direction === "answer"
          ? open(literals(shape.values), shape.values)
          : literals(shape.values);
      case "array":
        return `readonly ${parenthesised(this.type(shape.items, direction))}[]`;
      case "tuple":
        return `readonly [${shape.items.map((item) => this.type(item, direction)).join(", ")}]`;
      case "record":
        return `Readonly<Record<string, ${this.type(shape.values, direction)}>>`;
      case "object":
        return this.#ruled(this.#object(shape.properties, direction), shape, direction);
      case "union":
        return this.#union(shape, direction);
      case "nullable":
        return `${this.type(shape.shape, direction)} | null`;
      case "ref":
        return this.#reference(shape.model, direction);
    }
  }

  /** The type of a member. Answers have every key: what was absent is `null` where the contract knows null, its default, or `undefined`. */
  property(
    property: Property,
    direction: Direction,
  ): { readonly type: string; readonly optional: boolean } {
    const type = this.type(property.shape, direction);
    if (property.required) return { type, optional: false };
    if (direction === "input") return { type: `${type} | undefined`, optional: true };
    const isFilled = property.shape.kind === "nullable" || hasDefault(property);
    return { type: isFilled ? type : `${type} | undefined`, optional: false };
  }

  #reference(name: string, direction: Direction): string {
    const model = this.model(name);
    const exported = direction === "input" ? (model.inputName ?? name) : name;
    if (!this.isHere(name)) this.#imports.type(exported, this.file(name));
    return model.shape.kind === "enum" && direction === "answer"
      ? open(exported, model.shape.values)
      : exported;
  }

  #object(
    properties: readonly Property[],
    direction: Direction,
    extra: readonly string[] = [],
  ): string {
    if (properties.length === 0 && extra.length === 0) return "Readonly<Record<string, never>>";
    const members = properties.map((one) => this.member(one, direction));
    return `{\n${[...members, ...extra.map((name) => `readonly ${key(name)}?: never;`)].join("\n")} }`;
  }

  /** The types that an object must also be of, for its rules to hold: requests are held to them, answers are not. */
  rules({ properties, rules = [] }: Shape & { kind: "object" }, direction: Direction): string[] {
    return direction === "answer" ? [] : rules.map((rule) => `(${this.#rule(rule, properties)})`);
  }

  #rule(rule: Rule, properties: readonly Property[]): string {
    if (rule.kind === "someOf") {
      const given = properties.filter(({ name }) => rule.names.includes(name));
      return given
        .map(({ name, shape }) => {
          const inner = shape.kind === "nullable" ? shape.shape : shape;
          return `{ readonly ${key(name)}: ${this.type(inner, "input")} }`;
        })
        .join(" | ");
    }
    const required = rule.path.reduceRight(
      (inner, name) => `{ readonly ${key(name)}: ${inner} }`,
      this.type(rule.shape, "input"),
    );
    return `{ readonly ${key(rule.flag)}?: false | undefined } | ${required}`;
  }

  #ruled(type: string, shape: Shape & { kind: "object" }, direction: Direction): string {
    return [type, ...this.rules(shape, direction)].join(" & ");
  }

  /** A member of a type literal, with its comment. */
  member(property: Property, direction: Direction, closed = false): string {
    const { type, optional } = this.property(property, closed ? "input" : direction);
    const [text] = doc([property.description]);
    const lines = text?.trim().split("\n") ?? [];
    const comment =
      lines.length < 2
        ? lines.map((line) => `/** ${line} */\n`).join("")
        : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
    return `${comment}readonly ${key(property.name)}${optional ? "?" : ""}: ${type};`;
  }

  #union(shape: Shape & { kind: "union" }, direction: Direction): string {
    const keys = shape.branches.flatMap(({ when }) => (when.by === "key" ? when.name : []));
    const branches = shape.branches.map(({ shape: branch, when }) => {
      if (branch.kind !== "object") return this.type(branch, direction);
      const others = keys.filter((name) => when.by === "key" && name !== when.name);
      const isTag = (one: Property): boolean =>
        when.by === "value" && one.wireName === when.wireName;
      const members = branch.properties.map((one) => this.member(one, direction, isTag(one)));
      const never = others.map((name) => `readonly ${key(name)}?: never;`);
      return this.#ruled(`{\n${[...members, ...never].join("\n")} }`, branch, direction);
    });
    return branches.join(" | ");
  }
}

/** Whether an absent member of an answer is filled with the contract's default. */
export function hasDefault(property: Property): boolean {
  return (
    property.shape.kind !== "dateTime" &&
    ["string", "number", "boolean"].includes(typeof property.default)
  );
}

function literals(values: readonly (string | number)[]): string {
  return values
    .map((value) => (typeof value === "string" ? quote(value) : String(value)))
    .join(" | ");
}

/** Known values for the editor, any value for the compiler: a newer server may know more. */
function open(type: string, values: readonly (string | number)[]): string {
  return `${type} | (${typeof values[0]} & {})`;
}

function parenthesised(type: string): string {
  return /[|&]|^readonly /.test(type) ? `(${type})` : type;
}
