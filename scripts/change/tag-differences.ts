import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { Difference, SchemaPair } from "./schema-pair.js";
import { type View, viewOf } from "./schema-view.js";

/**
 * Differences of the values that a discriminator assigns to branches. Branches that list their own values are compared
 * elsewhere, and so are branches that were added or removed.
 */
export function tagDifferences({ old: before, new: after }: SchemaPair, at: Node): Difference[] {
  const [left, right] = [tagsOf(before), tagsOf(after)];
  if (left === undefined || right === undefined) return [];
  const of = (rule: Difference["rule"], was: string | null, now: string | null): Difference => {
    return { rule, was, now, at: at.get("discriminator") ?? at, about: `tag ${was ?? now}` };
  };
  const isKept = (tags: ReadonlyMap<string, string>, branch: string): boolean =>
    [...tags.values()].includes(branch);
  const lost = [...left].filter(
    ([tag, branch]) => right.get(tag) !== branch && isKept(right, branch),
  );
  const gained = [...right].filter(
    ([tag, branch]) => left.get(tag) !== branch && isKept(left, branch),
  );
  return [
    ...lost.map(([tag]) => of("tag-value-removed", tag, null)),
    ...gained.map(([tag]) => of("tag-value-added", null, tag)),
  ];
}

/** The branch for each value of a discriminator; `undefined` if there is none. */
function tagsOf(view: View): ReadonlyMap<string, string> | undefined {
  const discriminator = view.facts.get("discriminator");
  if (!isObject(discriminator)) return undefined;
  const { propertyName, mapping } = discriminator;
  const mapped = Object.entries(isObject(mapping) ? mapping : {}).flatMap(([tag, target]) =>
    typeof target === "string" ? [[tag, nameIn(target)] as const] : [],
  );
  const branches = view.unions.flatMap((union) => union.branches);
  const listed = new Set<string>();
  const implied = branches.flatMap((branch): (readonly [string, string])[] => {
    const name = nameIn(branch[0]?.text("$ref") ?? "");
    if (isListed(viewOf(branch, "response"), propertyName)) listed.add(name);
    const isImplied = name !== "" && !mapped.some(([, target]) => target === name);
    return isImplied ? [[name, name]] : [];
  });
  return new Map([...mapped, ...implied].filter(([, branch]) => !listed.has(branch)));
}

/** Whether a branch lists the values of its tag. */
function isListed({ properties }: View, name: Json | undefined): boolean {
  const place = typeof name === "string" ? properties.get(name) : undefined;
  return place !== undefined && viewOf(place, "response").values !== undefined;
}

/** The name of a component from a reference to it or from the name itself. */
function nameIn(target: string): string {
  return target.split("/").at(-1) ?? target;
}
