/**
 * A view is a normal form of a schema: references are resolved, `allOf` is merged and null is separate. Two spellings
 * of the same schema have the same view.
 */
import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import { dynamicTarget } from "./dynamic.js";
import { limitKeywords, limitsOf, roundLimits, tighter } from "./schema-limits.js";
import { bothOthers, type Others } from "./schema-others.js";
import { isAssertion, refusedBy, restOf } from "./schema-rest.js";
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
  /** Properties that are not listed. */
  readonly additional: Others;
  /** Properties whose names match a pattern. */
  readonly matching: ReadonlyMap<string, Place>;
  /** Items past those of the tuple. */
  readonly items: Others;
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
const structural = new Set(
  "$ref $dynamicRef $dynamicAnchor $defs $id $schema $anchor allOf oneOf anyOf type nullable enum const not uniqueItems pattern format properties required additionalProperties unevaluatedProperties patternProperties items unevaluatedItems prefixItems readOnly writeOnly x-contract-byte-length".split(
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
  const prose = new Map<string, Json>();
  const patterns: string[] = [];
  const formats: string[] = [];
  const refused: Json[] = [];
  const unions: Union[] = [];
  const tuple: Place[] = [];
  const matching = new Map<string, Place>();
  let items: Others = "open";
  let additional: Others = "open";
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
    for (const [pattern, property] of node.entries("patternProperties")) {
      matching.set(pattern, [...(matching.get(pattern) ?? []), property]);
    }
    additional = bothOthers(additional, node.get("additionalProperties"));
    additional = bothOthers(additional, node.get("unevaluatedProperties"));
    items = bothOthers(items, node.get("items"));
    items = bothOthers(items, node.get("unevaluatedItems"));
    for (const [index, one] of node.items("prefixItems").entries()) {
      tuple[index] = [...(tuple[index] ?? []), one];
    }
    readFacts(node, facts, prose);
    refused.push(...refusedBy(node));
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
    matching,
    items,
    tuple,
    unions,
    facts,
    rest: restOf(parts.map(({ node }) => node)),
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
    const target = node.follow(node.text("$ref") ?? "");
    if (target !== undefined) {
      const [group, kind, name, ...more] = target.at;
      if (group === "components" && kind === "schemas" && more.length === 0) names.push(name ?? "");
      visit(target, orNull);
    }
    const filled = dynamicTarget(node);
    if (filled !== undefined) visit(filled, orNull);
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

/** The JSON type of a value; whole numbers are integers. */
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

function isComponent({ at }: Node): boolean {
  return at.length === 3 && at[0] === "components" && at[1] === "schemas";
}

function hasOneBranch(node: Node): boolean {
  return ["oneOf", "anyOf"].some(
    (keyword) => node.items(keyword).filter((branch) => !isNull(branch)).length === 1,
  );
}

/** Keywords that bind no value. The outermost schema wins, as it does for readers. */
function readFacts(node: Node, facts: Map<string, Json>, prose: Map<string, Json>): void {
  for (const [key, { value }] of node.entries()) {
    if (structural.has(key) || limitKeywords.has(key) || isAssertion(key)) continue;
    const isPlain = value === false && key !== "default";
    // The name of a component is compared once, not at every use.
    if (key === "x-contract-name" && isComponent(node)) continue;
    // A discriminator has no effect on a single branch.
    if (key === "discriminator" && hasOneBranch(node)) continue;
    const target = proseKeywords.has(key) ? prose : facts;
    if (!isPlain && !target.has(key)) target.set(key, value);
  }
}
