import type { Property } from "./api.js";

/** The members that a value has: those that are only written are not read, and the other way round. */
export function membersIn(
  direction: "input" | "answer",
  properties: readonly Property[],
): readonly Property[] {
  const other = direction === "input" ? "read" : "write";
  return properties.filter(({ access }) => access !== other);
}
