import type { Node } from "../spec/node.js";
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
  const removed = left.slice(1).filter((url) => !right.includes(url));
  const added = right.slice(1).filter((url) => !left.includes(url));
  return [
    ...changed,
    ...removed.map((url) => draft("server-removed", url, null)),
    ...added.map((url) => draft("server-added", null, url)),
  ];
}

/** The URLs of a list of servers, the default first. A variable without listed values also keeps its name. */
function urlsOf(servers: Node | undefined): readonly string[] {
  const urls = (servers?.items() ?? []).flatMap((server) => {
    const all = server.entries("variables").reduce(
      (known, [name, variable]) => {
        const fallback = variable.text("default") ?? "";
        const listed = variable.texts("enum");
        const values = listed.length === 0 ? [fallback, `{${name}}`] : [fallback, ...listed];
        return known.flatMap((url) =>
          [...new Set(values)].map((value) => url.replaceAll(`{${name}}`, value)),
        );
      },
      [(server.text("url") ?? "/").replace(/(?<=.)\/$/, "")],
    );
    return all.slice(0, mostUrls);
  });
  // Without servers, the default of OpenAPI is `/`.
  return urls.length === 0 ? ["/"] : [...new Set(urls)];
}
