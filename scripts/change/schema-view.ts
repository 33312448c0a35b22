/**
 * A view is a normal form of a schema: references are resolved, `allOf` is merged and null is separate. Two spellings
 * of the same schema have the same view.
 */
import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import { fromPointer } from "../spec/problem.js";
import { limitKeywords, limitsOf, roundLimits, tighter } from "./schema-limits.js";
import { choiceOf, isNull, typesIn, type Union, unionOf, valuesOf } from "./schema-unions.js";

/** The direction of a value: senders write requests, readers read responses. */
export type Direction = "request" | "response";

/** The schemas that a value must conform to, all at once. */
export type Place = readonly Node[];

/** The normal form of a schema. Only `nullable` describes null. */
export interface View {
  /** All schemas that the view consists of, the outermost first. */
  readonly place: Place;
  /** Names of the components that lead here, the outermost first. */
  readonly names: readonly string[];
  /** JSON types other than null; absent if any type is allowed. */
  readonly types?: ReadonlySet<string>;
  readonly nullable: boolean;
  /** Values of `enum` or `const`, without null. */
  readonly values?: readonly Json[];
  /** Values of `not: { enum }`. */
  readonly refused: readonly Json[];
  /** Numeric limits by keyword; those of bytes are `minBytes` and `maxBytes`. */
  readonly limits: ReadonlyMap<string, number>;
  readonly unique: boolean;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
  readonly properties: ReadonlyMap<string, Place>;
  readonly required: ReadonlySet<string>;
  /** Additional properties: allowed, forbidden, or described by a schema. */
  readonly additional: "open" | "closed" | Place;
  readonly items: Place | undefined;
  readonly tuple: readonly Place[];
  readonly unions: readonly Union[];
  /** Keywords that do not restrict values, such as `default`, and our extensions. */
  readonly facts: ReadonlyMap<string, Json>;
  /** Keywords that restrict values, but have no rule of their own. */
  readonly rest: ReadonlyMap<string, Json>;
  /** Descriptions and examples. */
  readonly prose: ReadonlyMap<string, Json>;
}

/** Whether a view allows every type and value. */
export function isAnything(view: View): boolean {
  return view.types === undefined && view.values === undefined && view.unions.length === 0;
}

const proseKeywords = new Set([
  "title",
  "description",
  "examples",
  "example",
  "externalDocs",
  "$comment",
  "xml",
]);
const factKeywords = new Set([
  "default",
  "deprecated",
  "discriminator",
  "contentMediaType",
  "contentEncoding",
]);
const structural = new Set(
  "$ref $defs $id $schema $anchor allOf oneOf anyOf type nullable enum const not uniqueItems pattern format properties required additionalProperties items prefixItems readOnly writeOnly x-contract-byte-length".split(
    " ",
  ),
);

/** A schema of a place, and whether null is allowed beside it. */
interface Part {
  readonly node: Node;
  readonly orNull: boolean;
}

/** Caches views by document, direction and place, because large documents need the same ones often. */
const known = new WeakMap<object, Map<string, View>>();

/** The view of a place in one direction, without properties that only the other direction has. */
export function viewOf(place: Place, direction: Direction): View {
  const root = place[0]?.root().value;
  if (!isObject(root)) return readView(place, direction);
  const views = known.get(root) ?? new Map<string, View>();
  known.set(root, views);
  const key = `${direction} ${place.map(({ at }) => at.join("\0")).join("\0\0")}`;
  const view = views.get(key) ?? readView(place, direction);
  views.set(key, view);
  return view;
}

function readView(place: Place, direction: Direction): View {
  const names: string[] = [];
  const parts = collect(place, names);
  const limits = new Map<string, number>();
  const properties = new Map<string, Place>();
  const required = new Set<string>();
  const facts = new Map<string, Json>();
  const rest = new Map<string, Json>();
  const prose = new Map<string, Json>();
  const patterns: string[] = [];
  const formats: string[] = [];
  const refused: Json[] = [];
  const unions: Union[] = [];
  const tuple: Place[] = [];
  const items: Node[] = [];
  let additional: View["additional"] = "open";
  let unique = false;
  let types: ReadonlySet<string> | undefined;
  let values: readonly Json[] | undefined;
  let nullable = true;

  for (const { node, orNull } of parts) {
    if (node.value === false) {
      values = [];
      nullable = false;
    }
    if (!isObject(node.value)) continue;
    const own = typesIn(node);
    if (own !== undefined) {
      nullable &&= orNull || own.has("null");
      types = intersect(types, own);
    }
    const allowed = valuesOf(node);
    if (allowed !== undefined) {
      nullable &&= orNull || allowed.includes(null);
      const texts = new Set(values?.map((value) => JSON.stringify(value)));
      values = allowed.filter(
        (value) => value !== null && (values === undefined || texts.has(JSON.stringify(value))),
      );
    }
    const choice = choiceOf(node);
    if (choice !== undefined) {
      nullable &&= orNull || choice.orNull;
      if (choice.types !== undefined) types = intersect(types, choice.types);
      if (choice.values !== undefined) {
        const texts = new Set(values?.map((value) => JSON.stringify(value)));
        values = choice.values.filter(
          (value) => values === undefined || texts.has(JSON.stringify(value)),
        );
      }
      for (const [key, value] of choice.prose) prose.set(key, value);
    }
    const union = choice === undefined ? unionOf(node, takesNull) : undefined;
    if (union !== undefined) {
      nullable &&= orNull || union.orNull;
      unions.push(union);
    }
    for (const [keyword, limit] of limitsOf(node)) {
      const known = limits.get(keyword);
      limits.set(keyword, known === undefined ? limit : tighter(keyword, known, limit));
    }
    unique ||= node.flag("uniqueItems");
    const [pattern, format] = [node.text("pattern"), node.text("format")];
    if (pattern !== undefined && !patterns.includes(pattern)) patterns.push(pattern);
    if (format !== undefined && !formats.includes(format)) formats.push(format);
    for (const [name, property] of node.entries("properties")) {
      if (isOfOtherDirection(property, direction)) continue;
      properties.set(name, [...(properties.get(name) ?? []), property]);
    }
    for (const name of node.texts("required")) required.add(name);
    additional = bothAdditional(additional, node.get("additionalProperties"));
    const item = node.get("items");
    if (item !== undefined && item.value !== true) items.push(item);
    for (const [index, one] of node.items("prefixItems").entries()) {
      tuple[index] = [...(tuple[index] ?? []), one];
    }
    readOther(node, facts, rest, prose, refused);
  }
  for (const name of required) {
    const hidden = parts.some(({ node }) => {
      const property = node.get("properties")?.get(name);
      return property !== undefined && isOfOtherDirection(property, direction);
    });
    if (hidden) required.delete(name);
  }
  if (values !== undefined) types = new Set(values.map(typeName));
  if (
    types !== undefined &&
    types.size > 0 &&
    [...types].every((type) => type === "integer" || type === "null")
  ) {
    roundLimits(limits);
  }
  return {
    place: parts.map(({ node }) => node),
    names,
    ...(types !== undefined && { types: new Set([...types].filter((type) => type !== "null")) }),
    nullable,
    ...(values !== undefined && { values }),
    refused,
    limits,
    unique,
    patterns,
    formats,
    properties,
    required,
    additional,
    items: items.length === 0 ? undefined : items,
    tuple,
    unions,
    facts,
    rest,
    prose,
  };
}

/** All schemas of a place: those that references, `allOf`, and unions of one schema and null lead to. */
function collect(place: Place, names: string[]): Part[] {
  const found: Part[] = [];
  const seen = new Set<string>();
  const visit = (node: Node, orNull: boolean): void => {
    const key = node.at.join("\0");
    if (seen.has(key)) return;
    seen.add(key);
    found.push({ node, orNull });
    const target = targetOf(node);
    if (target !== undefined) {
      const [group, kind, name, ...more] = target.at;
      if (group === "components" && kind === "schemas" && more.length === 0) names.push(name ?? "");
      visit(target, orNull);
    }
    for (const one of node.items("allOf")) visit(one, orNull);
    for (const keyword of ["oneOf", "anyOf"]) {
      const branches = node.items(keyword);
      const others = branches.filter((branch) => !isNull(branch));
      const [only] = others;
      if (others.length === 1 && only !== undefined) {
        visit(only, orNull || others.length < branches.length);
      }
    }
  };
  for (const node of place) visit(node, false);
  return found;
}

/** The target of a schema's `$ref`, without following further ones; `undefined` if it has none. */
function targetOf(node: Node): Node | undefined {
  const ref = node.text("$ref");
  if (ref?.startsWith("#/") !== true) return undefined;
  let target: Node | undefined = node.root();
  for (const key of fromPointer(ref)) {
    const name = decodeURIComponent(key);
    target = Array.isArray(target?.value) ? target.items()[Number(name)] : target?.get(name);
  }
  return target;
}

/** The JSON type of a value, `integer` for whole numbers. */
export function typeName(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function intersect(
  known: ReadonlySet<string> | undefined,
  more: ReadonlySet<string>,
): ReadonlySet<string> {
  if (known === undefined) return more;
  const takes = (types: ReadonlySet<string>, type: string): boolean =>
    types.has(type) || (type === "integer" && types.has("number"));
  return new Set([
    ...[...known].filter((type) => takes(more, type)),
    ...[...more].filter((type) => takes(known, type)),
  ]);
}

function takesNull(branch: Node): boolean {
  return viewOf([branch], "response").nullable;
}

function isOfOtherDirection(property: Node, direction: Direction): boolean {
  const key = direction === "request" ? "readOnly" : "writeOnly";
  return property.flag(key) || property.resolve()?.flag(key) === true;
}

function bothAdditional(known: View["additional"], more: Node | undefined): View["additional"] {
  const isOpen =
    more === undefined ||
    more.value === true ||
    (isObject(more.value) && Object.keys(more.value).length === 0);
  if (known === "closed" || isOpen) return known;
  if (more.value === false) return "closed";
  return known === "open" ? [more] : [...known, more];
}

function isComponent({ at }: Node): boolean {
  return at.length === 3 && at[0] === "components" && at[1] === "schemas";
}

function hasOneBranch(node: Node): boolean {
  return ["oneOf", "anyOf"].some(
    (keyword) => node.items(keyword).filter((branch) => !isNull(branch)).length === 1,
  );
}

/** Reads keywords that are neither structure nor limits. If several schemas have one, the outermost wins. */
function readOther(
  node: Node,
  facts: Map<string, Json>,
  rest: Map<string, Json>,
  prose: Map<string, Json>,
  refused: Json[],
): void {
  for (const [key, { value }] of node.entries()) {
    if (structural.has(key) || limitKeywords.has(key)) continue;
    const isPlain = value === false && key !== "default";
    // The name of a component is compared once, not at every use.
    if (key === "x-contract-name" && isComponent(node)) continue;
    // A discriminator has no effect on a single branch.
    if (key === "discriminator" && hasOneBranch(node)) continue;
    const target = proseKeywords.has(key)
      ? prose
      : factKeywords.has(key) || key.startsWith("x-")
        ? facts
        : rest;
    if (!isPlain && !target.has(key)) target.set(key, value);
  }
  const not = node.get("not");
  if (not === undefined) return;
  const values = valuesOf(not);
  const isList = values !== undefined && not.entries().length === 1;
  if (isList) refused.push(...values);
  else rest.set("not", not.value);
}
