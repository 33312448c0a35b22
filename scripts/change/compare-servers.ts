import type { Node } from "../spec/node.js";
import { memberName } from "./code-names.js";
import type { Draft } from "./draft.js";

/** Maximum number of URLs that the variables of one server expand to. */
const mostUrls = 200;

/** Changes of servers: the default, and others that callers can choose. */
export function serverDrafts(
  operation: string | null,
  before: Node | undefined,
  after: Node | undefined,
  nearest: Node,
): readonly Draft[] {
  const [left, right] = [urlsOf(before), urlsOf(after)];
  const [was = null, now = null] = [left[0], right[0]];
  const at = after?.items()[0] ?? after ?? nearest;
  const draft = (rule: Draft["rule"], old: string | null, other: string | null): Draft => {
    const about = old ?? other ?? "";
    return {
      rule,
      direction: "request",
      operation,
      was: old,
      now: other,
      at,
      where: "servers",
      about,
    };
  };
  const changed = was === now ? [] : [draft("server-changed", was, now)];
  const removed = left.slice(1).filter((url) => !right.some((other) => isOneOf(url, other)));
  const added = right.slice(1).filter((url) => !left.includes(url));
  return [
    ...changed,
    ...removed.map((url) => draft("server-removed", url, null)),
    ...added.map((url) => draft("server-added", null, url)),
  ];
}

/** Whether a URL is one of those that a URL stands for: a variable that may be anything may be this, or nothing. */
function isOneOf(url: string, template: string): boolean {
  const parts = template.split(/\/?\{[^}]*\}/);
  const escaped = parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`).test(url);
}

/** The URLs that a list of servers stands for, the default first. A variable that may be anything keeps its name. */
function urlsOf(servers: Node | undefined): readonly string[] {
  const listed = servers?.items() ?? [];
  const [first] = listed;
  const usual = first === undefined ? [] : writtenOut(first, (one) => [fallbackOf(one)]);
  const urls = listed.flatMap((server) =>
    writtenOut(server, (one, name) => {
      const values = one.texts("enum");
      return values.length === 0 ? [`{${name}}`] : [fallbackOf(one), ...values];
    }),
  );
  // Without servers, OpenAPI means the root of wherever the document is served.
  return urls.length === 0 ? ["/"] : [...new Set([...usual, ...urls])];
}

/** The URLs of a server with these values in place of its variables. */
function writtenOut(
  server: Node,
  valuesOf: (variable: Node, name: string) => readonly string[],
): readonly string[] {
  const all = server.entries("variables").reduce(
    (known, [name, variable]) => {
      const values = new Set(valuesOf(variable, name));
      return known.flatMap((url) => [...values].map((value) => url.replaceAll(`{${name}}`, value)));
    },
    [(server.text("url") ?? "/").replace(/(?<=.)\/$/, "")],
  );
  return all.slice(0, mostUrls);
}

function fallbackOf(variable: Node): string {
  return variable.text("default") ?? "";
}

/** Variables that callers set by name: those of the first server that are no URL themselves. */
export function variableDrafts(
  before: Node | undefined,
  after: Node | undefined,
  nearest: Node,
): readonly Draft[] {
  const [left, right] = [before, after].map(
    (servers) =>
      new Map(
        (servers?.items()[0]?.entries("variables") ?? [])
          .filter(([, variable]) => !fallbackOf(variable).includes("://"))
          .map(([name, variable]) => [memberName(name, variable), variable]),
      ),
  );
  const at = after?.items()[0] ?? after ?? nearest;
  const base = { direction: "request", operation: null, where: "servers" } as const;
  return [
    ...[...(left ?? [])]
      .filter(([name]) => right?.has(name) !== true)
      .map(([was]): Draft => {
        return { ...base, rule: "server-variable-removed", was, now: null, at, about: was };
      }),
    ...[...(right ?? [])]
      .filter(([name]) => left?.has(name) !== true)
      .map(([now, variable]): Draft => {
        return { ...base, rule: "server-variable-added", was: null, now, at: variable, about: now };
      }),
  ];
}
