import type { Api, Property } from "./api.js";
import { fromHtml } from "./html.js";

/**
 * Replaces wire names in descriptions by TypeScript names, which the users of the client know. The contract writes
 * wire names in backticks: `box_size`, and `lid.top_colour` for a path.
 */
export function translateProse(api: Api): Api {
  const names = new Map<string, Set<string>>();
  visit(api, (member) => {
    if (isProperty(member)) {
      names.set(member.wireName, (names.get(member.wireName) ?? new Set()).add(member.name));
    }
  });
  const translate = (word: string): string | undefined => {
    const [only, second] = names.get(word) ?? [];
    return second === undefined ? only : undefined;
  };
  const inTypeScript = (text: string): string =>
    text.replace(/`([\w.-]+)`/g, (whole, path: string) => {
      const parts = path.split(".").map(translate);
      return parts.every((part) => part !== undefined) ? `\`${parts.join(".")}\`` : whole;
    });
  return mapProse(api, (text) => inTypeScript(fromHtml(text)));
}

function visit(value: unknown, found: (member: object) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) found(value);
  for (const member of Object.values(value)) visit(member, found);
}

/** Applies `map` to every description and summary. Examples are data and stay unchanged. */
function mapProse<T>(value: T, map: (text: string) => string): T {
  const step = (key: string, member: unknown): unknown => {
    if (typeof member === "string")
      return key === "description" || key === "summary" ? map(member) : member;
    if (Array.isArray(member))
      return key === "examples" ? member : member.map((item) => step("", item));
    if (typeof member !== "object" || member === null) return member;
    return Object.fromEntries(
      Object.entries(member).map(([name, inner]) => [name, step(name, inner)]),
    );
  };
  // The copy has the same type, because strings are replaced by strings only.
  return step("", value) as T;
}

function isProperty(member: object): member is Property {
  return "wireName" in member && "name" in member && "shape" in member;
}
