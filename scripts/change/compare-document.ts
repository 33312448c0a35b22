import type { Json } from "../model/api.js";
import { Node } from "../spec/node.js";
import { codeNamesOf } from "./code-names.js";
import type { Comparison } from "./compare.js";
import { serverDrafts, variableDrafts } from "./compare-servers.js";
import type { Draft } from "./draft.js";
import { isEqual } from "./json.js";
import { noteDraft } from "./notes.js";
import { type Credentials, type Operation, objectOf, readOperations } from "./operations.js";

/** Changes of the document outside of operations: servers, error codes, names of components, descriptions. */
export function documentDrafts(comparison: Comparison): readonly Draft[] {
  const { old: before, new: after } = comparison;
  const compared = "paths webhooks components security servers tags x-contract-errors".split(" ");
  const notes = noteDraft(null, "document", before, after, compared);
  return [
    ...serverDrafts(null, before.get("servers"), after.get("servers"), after),
    ...variableDrafts(before.get("servers"), after.get("servers"), after),
    ...codeDrafts(comparison),
    ...componentDrafts(comparison),
    ...schemeDrafts(comparison),
    ...notes.map((draft) => ({ ...draft, rule: "contract-note-changed" as const })),
    ...tagDrafts(comparison),
  ];
}

/** Changes of tag descriptions, independent of the order of tags. */
function tagDrafts({ old: before, new: after }: Comparison): readonly Draft[] {
  const named = (root: Node): Map<string, Node> =>
    new Map(root.items("tags").map((tag) => [tag.text("name") ?? "", tag]));
  const [old, now] = [named(before), named(after)];
  const none = (root: Node): Node => new Node(root.value, {}, ["tags"]);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) =>
    noteDraft(null, `tag ${name}`, old.get(name) ?? none(before), now.get(name) ?? none(after), []),
  );
}

/** Renamed security schemes, and changes of their descriptions. */
function schemeDrafts({ old: before, new: after, pairs }: Comparison): readonly Draft[] {
  const [left, right] = [before, after].map((root) =>
    root.get("components")?.get("securitySchemes"),
  );
  const named = (credentials: readonly Credentials[], facts: string): string | undefined =>
    credentials.map((one) => one.get(facts)?.name).find((name) => name !== undefined);
  const renamed = new Map<string, string>();
  for (const { old, new: now } of pairs) {
    for (const [facts, { name }] of old.security.flatMap((one) => [...one])) {
      const other = named(now.security, facts);
      if (other !== undefined && other !== name && right?.get(name) === undefined)
        renamed.set(name, other);
    }
  }
  const base = { direction: "request", operation: null } as const;
  return [
    ...[...renamed].map(([was, now]): Draft => {
      const at = right?.get(now) ?? after;
      return { ...base, rule: "scheme-renamed", was, now, at, where: `scheme ${was}`, about: was };
    }),
    ...(left?.entries() ?? []).flatMap(([name, one]) => {
      const other = right?.get(name)?.resolve();
      const seen = "type scheme in name flows openIdConnectUrl bearerFormat".split(" ");
      return other === undefined
        ? []
        : [
            ...noteDraft(null, `scheme ${name}`, one.resolve() ?? one, other, seen),
            ...scopeDrafts(name, one.resolve() ?? one, other),
          ];
    }),
  ];
}

/** Changes of OAuth URLs and of descriptions of scopes. */
function scopeDrafts(scheme: string, before: Node, after: Node): readonly Draft[] {
  return after.entries("flows").flatMap(([flow, now]) => {
    const was = before.get("flows")?.get(flow);
    return was === undefined ? [] : noteDraft(null, `scheme ${scheme} ${flow}`, was, now, []);
  });
}

/** Changes in the table of error codes, for each operation that lists the code. */
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
      // A code that no response lists needs no description.
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

/** Components that callers see under another name, or under none: gone here, and perhaps new there, at the same places. */
function componentDrafts({ old: before, new: after, met }: Comparison): readonly Draft[] {
  const [left, right] = [before, after].map((root) =>
    objectOf(root.get("components")?.get("schemas")?.value),
  );
  const schemas = [before, after].map((root) => root.get("components")?.get("schemas"));
  const inCode = [before, after].map((root) => codeNamesOf(root).schemas);
  const nameIn = (index: number, name: string): string => inCode[index]?.get(name) ?? name;
  // By the old name in the document: the name in code before and after, where that differs.
  const changed = new Map<string, readonly [was: string, now: string | null]>();
  for (const pair of met) {
    for (const [index, was] of pair.old.names.entries()) {
      if (right?.[was] !== undefined) {
        const names = [nameIn(0, was), nameIn(1, was)] as const;
        if (names[0] !== names[1]) changed.set(was, names);
        continue;
      }
      const now = pair.new.names[index];
      const isNew = now !== undefined && left?.[now] === undefined;
      const known = changed.get(was)?.[1] ?? null;
      changed.set(was, [nameIn(0, was), isNew ? nameIn(1, now) : known]);
    }
  }
  return [...changed]
    .filter(([, [was, now]]) => was !== now)
    .map(([about, [was, now]]): Draft => {
      const rule = now === null ? "component-removed" : "component-renamed";
      const at = schemas[1]?.get(now ?? "") ?? schemas[1]?.get(about) ?? schemas[1] ?? after;
      const base = { direction: "request", operation: null, about } as const;
      return { ...base, rule, was, now, at, where: `type ${was}` };
    });
}
