import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import { memberName } from "./code-names.js";
import { isEqual, oneOrAll, without } from "./json.js";
import type { Difference, SchemaPair } from "./schema-pair.js";
import type { View } from "./schema-view.js";

/** Differences of keywords that do not restrict values: defaults, flags, our extensions, descriptions. */
export function factDifferences({ old: before, new: after }: SchemaPair, at: Node): Difference[] {
  const keys = new Set([...before.facts.keys(), ...after.facts.keys()]);
  const facts = [...keys].flatMap((key): Difference[] => {
    const [was, now] = [before.facts.get(key), after.facts.get(key)];
    // A discriminator has no effect if one side has a single branch.
    const isUnion = [before, after].every(({ unions }) => unions.length > 0);
    const isNone = [before, after].every(({ unions }) => unions.length === 0);
    if (key === "discriminator" && !isUnion && !isNone) return [];
    if (key === "x-contract-name") return nameDifferences(before, after, at);
    return isEqual(was, now) ? [] : factDifference(key, was, now, at);
  });
  const texts = new Set([...before.prose.keys(), ...after.prose.keys()]);
  const prose = [...texts].filter((key) => !isEqual(before.prose.get(key), after.prose.get(key)));
  if (prose.length === 0) return facts;
  const was = oneOrAll(prose.map((key) => before.prose.get(key) ?? null));
  const now = oneOrAll(prose.map((key) => after.prose.get(key) ?? null));
  return [...facts, { rule: "prose-changed", was, now, at, about: prose.sort().join() }];
}

function factDifference(
  key: string,
  was: Json | undefined,
  now: Json | undefined,
  at: Node,
): Difference[] {
  const of = (rule: Difference["rule"]): Difference[] => [
    { rule, was: was ?? null, now: now ?? null, at: at.get(key) ?? at, about: key },
  ];
  switch (key) {
    case "default":
      if (was === undefined) return of("default-added");
      return of(now === undefined ? "default-removed" : "default-changed");
    case "contentEncoding":
      return of("encoding-changed");
    case "deprecated":
      return of(now === true ? "deprecated" : "no-longer-deprecated");
    case "discriminator":
      // The values of the discriminator are compared with the branches.
      return isEqual(tagOf(was), tagOf(now)) ? [] : of("discriminator-changed");
    case "x-contract-secret":
      return of(now === true ? "secret-marked" : "secret-exposed");
    case "x-contract-error-body":
      return of(was === undefined ? "error-body-described" : "error-body-changed");
    case "x-contract-some-of":
      return of(isSomeOfNarrowed(was, now) ? "some-of-narrowed" : "some-of-widened");
    case "x-contract-requires":
      return of(isRequirementAdded(was, now) ? "requirement-added" : "requirement-dropped");
    default:
      return of("note-changed");
  }
}

/** The name of a property in code, where the contract gives it. */
function nameDifferences(before: View, after: View, at: Node): Difference[] {
  const [was, now] = [before, after].map(({ place: [node] }) => {
    const wireName = node?.at.at(-2) === "properties" ? node.at.at(-1) : undefined;
    return node === undefined || wireName === undefined ? undefined : memberName(wireName, node);
  });
  if (was === undefined || now === undefined || was === now) return [];
  const key = "x-contract-name";
  return [{ rule: "property-name-changed", was, now, at: at.get(key) ?? at, about: key }];
}

/** The property that tells branches apart. */
function tagOf(discriminator: Json | undefined): Json | undefined {
  return isObject(discriminator) ? discriminator["propertyName"] : undefined;
}

/** Whether the rule is stricter: a shorter list leaves fewer choices, and no list means no rule. */
function isSomeOfNarrowed(was: Json | undefined, now: Json | undefined): boolean {
  if (!Array.isArray(now)) return false;
  return !Array.isArray(was) || without(was, now).length > 0;
}

/** Whether a flag requires something that it did not require before. A shorter path requires less. */
function isRequirementAdded(was: Json | undefined, now: Json | undefined): boolean {
  if (!isObject(now)) return false;
  return Object.entries(now).some(([flag, path]) => {
    const before = isObject(was) ? was[flag] : undefined;
    if (!Array.isArray(before) || !Array.isArray(path)) return true;
    return path.some((step, index) => step !== before[index]);
  });
}
