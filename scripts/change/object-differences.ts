import type { Node } from "../spec/node.js";
import type { Others } from "./schema-others.js";
import type { Difference, SchemaPair } from "./schema-pair.js";
import type { View } from "./schema-view.js";

/** Differences of objects and tuples: declared, required and additional properties. */
export function objectDifferences({ old: before, new: after }: SchemaPair, at: Node): Difference[] {
  const names = new Set([
    ...before.properties.keys(),
    ...after.properties.keys(),
    ...before.required,
    ...after.required,
  ]);
  return [
    ...[...names].flatMap((name) => propertyDifferences(before, after, name, at)),
    ...additionalDifferences(before, after, at),
    ...itemDifferences(before, after, at),
    ...tupleDifferences(before, after, at),
  ];
}

function propertyDifferences(before: View, after: View, name: string, at: Node): Difference[] {
  const of = (rule: Difference["rule"], was: string | null, now: string | null): Difference => {
    const node = after.properties.get(name)?.[0] ?? at;
    return { rule, was, now, at: node, about: name };
  };
  const was = before.properties.has(name) || before.required.has(name);
  const is = after.properties.has(name) || after.required.has(name);
  const [wasRequired, isRequired] = [before.required.has(name), after.required.has(name)];
  if (was && is) {
    // A property that is required but not declared may be declared elsewhere, so compare only whether it is required.
    if (wasRequired === isRequired) return [];
    const rule = isRequired ? "property-made-required" : "property-made-optional";
    return [of(rule, wasRequired ? "required" : "optional", isRequired ? "required" : "optional")];
  }
  if (is) {
    if (isRequired) return [of("required-property-added", null, name)];
    const rule =
      before.additional === "closed" ? "property-added-to-closed" : "optional-property-added";
    return [of(rule, null, name)];
  }
  if (after.additional === "closed" && before.additional === "closed") {
    return [
      of(
        wasRequired ? "required-property-removed-from-closed" : "property-removed-from-closed",
        name,
        null,
      ),
    ];
  }
  return [of(wasRequired ? "required-property-removed" : "property-removed", name, null)];
}

function additionalDifferences(before: View, after: View, at: Node): Difference[] {
  const about = "additionalProperties";
  const [was, now] = [before.additional, after.additional].map(kindOf);
  if (was === undefined || now === undefined || was === now) return [];
  const of = (rule: Difference["rule"]): Difference[] => [{ rule, was, now, at, about }];
  if (now === "closed") return of("object-closed");
  if (was === "closed") return of("object-opened");
  return of(now === "schema" ? "other-properties-limited" : "other-properties-freed");
}

function itemDifferences(before: View, after: View, at: Node): Difference[] {
  const about = "items";
  const [was, now] = [before.items, after.items].map(kindOf);
  if (was === undefined || now === undefined || was === now) return [];
  const of = (rule: Difference["rule"]): Difference[] => [{ rule, was, now, at, about }];
  if (now === "closed") return of("list-closed");
  if (was === "closed") return of("list-opened");
  return of(now === "schema" ? "items-limited" : "items-freed");
}

function kindOf(others: Others): "open" | "closed" | "schema" {
  return typeof others === "string" ? others : "schema";
}

/** Positions that one tuple has. What the other says of such values, be it nothing or a schema, decides who breaks. */
function tupleDifferences(before: View, after: View, at: Node): Difference[] {
  const [was, now] = [before.tuple.length, after.tuple.length];
  if (was === now) return [];
  const isShorter = now < was;
  const others = isShorter ? after.items : before.items;
  // A position that only has to fit what all other items fit is compared with that.
  if (typeof others !== "string") return [];
  const request = isShorter === (others === "closed") ? (["sender", "types"] as const) : types;
  const response = isShorter
    ? others === "closed"
      ? types
      : (["reader", "types"] as const)
    : others === "closed"
      ? (["strict-reader", "types"] as const)
      : types;
  const rule = isShorter ? "tuple-shortened" : "tuple-lengthened";
  return [{ rule, was, now, at, about: "prefixItems", who: { request, response } }];
}

const types = ["types"] as const;
