import type { Api, Property } from "./api.js";

/**
 * Prose of the contract names members as they are on the wire, in backticks: `box_size`. Readers of the client know
 * them by their TypeScript names; this puts those in the place of the others, in paths (`lid.top_colour`) too.
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
  return mapProse(api, inTypeScript);
}

function visit(value: unknown, found: (member: object) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) found(value);
  for (const member of Object.values(value)) visit(member, found);
}

/** The same data with every description and summary mapped; examples are data and stay as they are. */
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
  // The copy has the shape of what was copied: only texts are replaced, by texts.
  return step("", value) as T;
}

function isProperty(member: object): member is Property {
  return "wireName" in member && "name" in member && "shape" in member;
}
