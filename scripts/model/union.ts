import type { Node } from "../spec/node.js";
import type { Branch, Shape } from "./api.js";
import { propertyName } from "./names/properties.js";
import type { SchemaReader } from "./schema.js";

type When = Branch["when"];

/**
 * A union whose branches can be told apart without trying them: by the JSON type, by the value of a common property,
 * or, where exactly one branch may hold (`oneOf`), by a required property that no other branch has.
 */
export function unionShape(
  reader: SchemaReader,
  node: Node,
  branches: readonly Node[],
  exclusive: boolean,
): Shape {
  if (
    node.get("discriminator") !== undefined &&
    node.get("discriminator")?.get("mapping") === undefined
  ) {
    reader.problems.add(
      [...node.at, "discriminator"],
      "a discriminator without a mapping",
      "one with a mapping, or none",
    );
  }
  const targets = branches.map((branch) => branch.resolve() ?? branch);
  const whens =
    byType(targets) ?? byValue(reader, targets) ?? (exclusive ? byKey(reader, targets) : undefined);
  if (whens === undefined) {
    reader.problems.add(
      node.at,
      "a union whose branches cannot be told apart",
      "branches of different JSON types; objects with a common required property of one fixed value each; " +
        "oneOf of objects with a required property each that no other branch has",
    );
    return { kind: "boolean" };
  }
  return {
    kind: "union",
    branches: branches.flatMap((branch, index) => {
      const when = whens[index];
      if (when === undefined) return [];
      const description = branch.text("description") ?? targets[index]?.text("description") ?? "";
      return [{ shape: reader.shape(branch), description, when }];
    }),
  };
}

function byType(targets: readonly Node[]): When[] | undefined {
  const whens = targets.map((target): When | undefined => {
    const type = jsonType(target);
    return type === undefined ? undefined : { by: "type", type };
  });
  return complete(whens, (when) => (when.by === "type" ? when.type : ""));
}

function jsonType(target: Node): "string" | "number" | "boolean" | "array" | "object" | undefined {
  // A Date is an object in TypeScript, whatever it is on the wire.
  if (target.text("format") === "date-time") return undefined;
  const type = target.text("type") ?? (target.texts("enum").length > 0 ? "string" : undefined);
  switch (type) {
    case "integer":
      return "number";
    case "string":
    case "number":
    case "boolean":
    case "array":
    case "object":
      return type;
    default:
      return undefined;
  }
}

function byValue(reader: SchemaReader, targets: readonly Node[]): When[] | undefined {
  for (const wireName of targets[0]?.texts("required") ?? []) {
    const whens = targets.map((target): When | undefined => {
      const member = target.get("properties")?.get(wireName);
      const values = member?.get("const") ? [member.get("const")] : (member?.items("enum") ?? []);
      const value = values.length === 1 ? values[0]?.value : undefined;
      if (typeof value !== "string" && typeof value !== "number") return undefined;
      if (!target.texts("required").includes(wireName)) return undefined;
      return {
        by: "value",
        wireName,
        name: propertyName(wireName, member, reader.problems),
        value,
      };
    });
    const found = complete(whens, (when) => (when.by === "value" ? String(when.value) : ""));
    if (found !== undefined) return found;
  }
  return undefined;
}

function byKey(reader: SchemaReader, targets: readonly Node[]): When[] | undefined {
  const whens = targets.map((target): When | undefined => {
    const others = targets.filter((other) => other !== target);
    const wireName = target
      .texts("required")
      .find((name) => others.every((other) => other.get("properties")?.get(name) === undefined));
    if (wireName === undefined || target.text("type") !== "object") return undefined;
    const member = target.get("properties")?.get(wireName);
    return { by: "key", wireName, name: propertyName(wireName, member, reader.problems) };
  });
  return complete(whens, (when) => (when.by === "key" ? when.wireName : ""));
}

/** All branches, each told by something of its own; else none. */
function complete(
  whens: readonly (When | undefined)[],
  tell: (when: When) => string,
): When[] | undefined {
  const all = whens.filter((when) => when !== undefined);
  return all.length === whens.length && new Set(all.map(tell)).size === all.length
    ? all
    : undefined;
}
