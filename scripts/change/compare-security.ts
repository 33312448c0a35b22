import type { Json } from "../model/api.js";
import type { OperationPair } from "./compare.js";
import { serverDrafts } from "./compare-servers.js";
import type { Draft } from "./draft.js";
import { type Credentials, objectOf } from "./operations.js";

/** Changes of an operation's credentials and of its own servers. */
export function securityDrafts({ key, old: before, new: after }: OperationPair): readonly Draft[] {
  const { incoming } = after;
  const [left, right] = [before.security, after.security];
  const at = after.node.get("security") ?? after.node.root().get("security") ?? after.node;
  const servers =
    before.servers === undefined && after.servers === undefined
      ? []
      : serverDrafts(
          key,
          before.servers ?? before.node.root().get("servers"),
          after.servers ?? after.node.root().get("servers"),
          after.node,
        );
  const refused = left.filter((one) => !right.some((other) => isWithin(other, one)));
  const isSame =
    refused.length === 0 &&
    right.every((one) => left.some((other) => isWithin(other, one) && isWithin(one, other)));
  if (isSame && left.length === right.length) return servers;
  const lost = left.every((one) =>
    right.some((other) => isWithin(one, other) && isWithin(other, one)),
  );
  if (isSame && lost) return servers;
  return [
    ...servers,
    {
      rule: incoming
        ? "webhook-security-changed"
        : refused.length > 0
          ? "security-tightened"
          : "security-loosened",
      direction: incoming ? "response" : "request",
      operation: key,
      was: left.map(shown),
      now: right.map(shown),
      at,
      where: "security",
      about: "security",
    },
  ];
}

/** Whether `given` includes all of `needed`. */
function isWithin(needed: Credentials, given: Credentials): boolean {
  return [...needed].every(([scheme, { scopes }]) => {
    const other = given.get(scheme);
    return other !== undefined && scopes.every((scope) => other.scopes.includes(scope));
  });
}

/** Prints credentials: schemes with their facts, and scopes. */
function shown(credentials: Credentials): string {
  if (credentials.size === 0) return "none";
  return [...credentials]
    .map(([facts, { name, scopes }]) => [`${name} (${factsIn(facts)})`, ...scopes].join(" "))
    .join(" and ");
}

/** What a scheme says, in words: `http bearer`, `apiKey header X-Key`. */
function factsIn(text: string): string {
  // Written from the document by `textOf`.
  const { type, ...rest } = objectOf(JSON.parse(text) as Json);
  return [type, ...Object.values(rest).flat()].filter((one) => typeof one === "string").join(" ");
}
