/** Keywords that limit values in ways that no rule compares one by one: conditions and dependencies. */
import type { Json } from "../model/api.js";
import { compareText, isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import { oneOrAll, textOf } from "./json.js";
import { valuesOf } from "./schema-unions.js";

/** Keywords whose change may refuse a value. Others, such as those of a tool, bind nobody. */
const assertions = new Set(
  "contains minContains maxContains propertyNames dependentRequired dependentSchemas dependencies if then else".split(
    " ",
  ),
);

/** Whether a keyword limits values. */
export function isAssertion(keyword: string): boolean {
  return assertions.has(keyword);
}

/** The members that make one condition. */
const condition = ["if", "then", "else"];

/** What schemas that a value must fit at once say with these keywords. */
export function restOf(nodes: readonly Node[]): ReadonlyMap<string, Json> {
  const found = new Map<string, Json[]>();
  for (const node of nodes) {
    const members = node.entries().filter(([key]) => isAssertion(key) && !condition.includes(key));
    for (const [key, member] of members) add(found, key, spelledOut(member));
    const parts = condition.flatMap((key) => {
      const part = node.get(key);
      return part === undefined ? [] : [[key, spelledOut(part)] as const];
    });
    if (node.get("if") !== undefined && parts.length > 1)
      add(found, "if", Object.fromEntries(parts));
    const not = node.get("not");
    if (not !== undefined && refusedBy(node).length === 0) add(found, "not", spelledOut(not));
  }
  return new Map([...found].map(([key, all]) => [key, oneOrAll(all)]));
}

function add(found: Map<string, Json[]>, key: string, value: Json): void {
  const all = [...(found.get(key) ?? []), value];
  found.set(
    key,
    all.toSorted((left, right) => compareText(textOf(left), textOf(right))),
  );
}

/** The values that a schema refuses by name. */
export function refusedBy(node: Node): readonly Json[] {
  const not = node.get("not");
  const values = not === undefined ? undefined : valuesOf(not);
  const isList = not
    ?.entries()
    .every(([key]) => ["enum", "const", "type"].includes(key) || texts.has(key));
  return values !== undefined && isList === true ? values : [];
}

/** Keywords that tell people something and bind no value. */
const texts = new Set("title description examples example $comment deprecated default".split(" "));
/** Keywords whose lists are sets. */
const sets = new Set(["required", "enum", "type"]);

/**
 * What a keyword says, with its references written out and its texts left out: then a shared schema that changes shows
 * wherever it is used. A reference to what it stands in stays.
 */
export function spelledOut(node: Node, within: readonly string[] = []): Json {
  if (Array.isArray(node.value)) {
    const items = node.items().map((item) => spelledOut(item, within));
    const isSet = sets.has(node.at.at(-1) ?? "") || node.at.at(-2) === "dependentRequired";
    return isSet ? items.toSorted((one, other) => compareText(String(one), String(other))) : items;
  }
  if (!isObject(node.value)) return node.value;
  const ref = node.text("$ref");
  const target = ref === undefined || within.includes(ref) ? undefined : node.follow(ref);
  const inner = ref === undefined ? within : [...within, ref];
  const own = node
    .entries()
    .filter(([key]) => !texts.has(key) && !(key === "$ref" && target !== undefined))
    .map(([key, member]): [string, Json] => [key, spelledOut(member, inner)]);
  const other = target === undefined ? {} : spelledOut(target, inner);
  return { ...(isObject(other) ? other : {}), ...Object.fromEntries(own) };
}
