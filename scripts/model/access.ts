import type { Property } from "./api.js";

/** The properties in one direction: requests do not have read-only properties, responses no write-only ones. */
export function membersIn(
  direction: "input" | "answer",
  properties: readonly Property[],
): readonly Property[] {
  const other = direction === "input" ? "read" : "write";
  return properties.filter(({ access }) => access !== other);
}
