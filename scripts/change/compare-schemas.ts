import type { Node } from "../spec/node.js";
import type { Comparison } from "./compare.js";
import type { Draft, Part, ValueChange } from "./draft.js";
import { partName } from "./draft.js";
import { type RuleId, ruleOf } from "./rules/all.js";
import type { SchemaPair, Step } from "./schema-pair.js";
import type { View } from "./schema-view.js";

/** All changes of the schema of a parameter or body, with everything inside. Each place is reported once. */
export function schemaDrafts(
  { met }: Comparison,
  operation: string,
  part: Part,
  root: SchemaPair,
): readonly Draft[] {
  const found: Draft[] = [];
  const seen = new Set<SchemaPair>([root]);
  let edge: readonly { pair: SchemaPair; path: ValueChange["path"] }[] = [{ pair: root, path: [] }];
  // Breadth first, so that a schema that occurs several times is reported at its shortest path.
  while (edge.length > 0) {
    for (const { pair } of edge) met.add(pair);
    const next: { pair: SchemaPair; path: ValueChange["path"] }[] = [];
    for (const { pair, path } of edge) {
      const where = [partName(part), placeName(path.map(({ step }) => step))].join(" ").trim();
      for (const { rule: stated, was, now, at, about, who } of pair.differences) {
        const rule =
          stated.startsWith("default-") && isAlwaysThere(root, path) ? "note-changed" : stated;
        if ("none" in ruleOf(rule)[pair.direction]) continue;
        // Parameters are sent as text, so 20 and "20" are equal.
        const isText = part.kind === "parameter" || part.kind === "header";
        if (rule === "default-changed" && isText && String(was) === String(now)) continue;
        const own = who?.[pair.direction];
        found.push({
          rule,
          direction: pair.direction,
          operation,
          was,
          now,
          at: spotOf(rule, at, about, pair.new),
          where,
          about,
          value: { root, path, part },
          ...(own !== undefined && { who: own }),
        });
      }
      for (const inner of pair.inner) {
        if (seen.has(inner.pair)) continue;
        seen.add(inner.pair);
        next.push({ pair: inner.pair, path: [...path, inner] });
      }
    }
    edge = next;
  }
  return found;
}

/** The node of the keyword that changed. For a removed property, the remaining properties. */
function spotOf(rule: RuleId, at: Node, about: string, { place }: View): Node {
  const first = (keyword: string): Node | undefined => {
    const nodes = place.includes(at) ? [at, ...place] : [at];
    return nodes.map((node) => node.get(keyword)).find((node) => node !== undefined);
  };
  if (/property/.test(rule)) return /removed/.test(rule) ? (first("properties") ?? at) : at;
  const keyword = about.endsWith("Bytes")
    ? "x-contract-byte-length"
    : about === "null"
      ? "type"
      : about.startsWith("branch ")
        ? "oneOf"
        : about;
  return first(keyword) ?? at;
}

/** Whether a value is always present, so that a default has no effect. */
function isAlwaysThere(root: SchemaPair, path: ValueChange["path"]): boolean {
  const last = path.at(-1);
  const parent = path.at(-2)?.pair ?? root;
  if (last?.step.kind !== "property") return false;
  const { name } = last.step;
  return parent.new.required.has(name);
}

/** The path of a value, as in code. */
export function placeName(steps: readonly Step[]): string {
  return steps.map(stepName).join("").replace(/^\./, "");
}

function stepName(step: Step): string {
  switch (step.kind) {
    case "property":
      return `.${step.name}`;
    case "other-property":
      return ".*";
    case "pattern-property":
      return `.${step.pattern}`;
    case "item":
      return "[]";
    case "position":
      return `[${step.index}]`;
    case "branch":
      return "";
  }
}
