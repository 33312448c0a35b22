import type { Json } from "../model/api.js";
import type { Node } from "../spec/node.js";
import type { Comparison } from "./compare.js";
import { serverDrafts } from "./compare-servers.js";
import type { Draft } from "./draft.js";
import { isEqual } from "./json.js";
import { noteDraft } from "./notes.js";
import { type Operation, objectOf, readOperations } from "./operations.js";

/** Changes of what stands above the operations: servers, the table of error codes, names of components, texts. */
export function documentDrafts(comparison: Comparison): readonly Draft[] {
  const { old: before, new: after } = comparison;
  const compared = "paths webhooks components security servers x-contract-errors".split(" ");
  const notes = noteDraft(null, "document", before, after, compared);
  return [
    ...serverDrafts(null, before.get("servers"), after.get("servers"), after),
    ...codeDrafts(comparison),
    ...componentDrafts(comparison),
    ...notes.map((draft) => ({ ...draft, rule: "contract-note-changed" as const })),
  ];
}

/** The table of error codes: what changed of a code changes for each operation that can answer with it. */
function codeDrafts({ old: before, new: after }: Comparison): readonly Draft[] {
  const key = "x-contract-errors";
  const [old, now] = [readOperations(before), readOperations(after)];
  const names = new Set([...before.entries(key), ...after.entries(key)].map(([code]) => code));
  return [...names].flatMap((code): readonly Draft[] => {
    const [left, right] = [before.get(key)?.get(code), after.get(key)?.get(code)];
    const at = right ?? after.get(key) ?? after;
    const known = usersOf(old, code);
    const users = usersOf(now, code).filter((one) => known.includes(one));
    const each = (
      draft: Omit<Draft, "operation" | "direction" | "where" | "about" | "at">,
    ): Draft[] =>
      (users.length === 0 ? [null] : users).map((operation) => {
        return {
          ...draft,
          direction: "response",
          operation,
          at,
          where: `error ${code}`,
          about: code,
        };
      });
    if (left === undefined) return each({ rule: "error-code-described", was: null, now: code });
    if (right === undefined) {
      // A code that no response lists any more needs no description.
      const who = users.length === 0 ? { who: [] } : {};
      return each({ rule: "error-code-undescribed", was: code, now: null, ...who });
    }
    const facts = ["status", "retryable", "noSideEffects"].filter(
      (fact) => !isEqual(left.get(fact)?.value, right.get(fact)?.value),
    );
    const pick = (node: Node): Json =>
      Object.fromEntries(facts.map((fact) => [fact, node.get(fact)?.value ?? null]));
    return [
      ...(facts.length === 0
        ? []
        : each({ rule: "error-code-facts-changed", was: pick(left), now: pick(right) })),
      ...noteDraft(null, `error ${code}`, left, right, ["status", "retryable", "noSideEffects"]),
    ];
  });
}

function usersOf(operations: readonly Operation[], code: string): readonly string[] {
  return operations
    .filter(({ responses }) => [...responses.values()].some(({ codes }) => codes.includes(code)))
    .map(({ key }) => key);
}

/** Components that callers see under another name: gone here, new there, at the same places. */
function componentDrafts({ old: before, new: after, met }: Comparison): readonly Draft[] {
  const [left, right] = [before, after].map((root) =>
    objectOf(root.get("components")?.get("schemas")?.value),
  );
  const renamed = new Map<string, string>();
  for (const pair of met) {
    for (const [index, was] of pair.old.names.entries()) {
      const now = pair.new.names[index];
      if (
        now === undefined ||
        was === now ||
        right?.[was] !== undefined ||
        left?.[now] !== undefined
      )
        continue;
      renamed.set(was, now);
    }
  }
  const own = [...renamed].map(([was, now]): Draft => {
    const at = after.get("components")?.get("schemas")?.get(now) ?? after;
    const base = { direction: "request", operation: null, about: was } as const;
    return { ...base, rule: "component-renamed", was, now, at, where: `type ${was}` };
  });
  return own;
}
