import type { AccessTokenScopeInput, ResourceSet } from "../../src/index.js";

/** Lays rows out in aligned columns, with a rule under the head. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** What of a scope fits into a line. Listed scopes have operations of their own that this client may not know. */
export type ShownScope = Omit<AccessTokenScopeInput, "ops"> & {
  readonly ops?: readonly string[] | null | undefined;
};

/** Says in one line what a scope allows, and where. */
export function summarise({ basins, streams, opGroups, ops }: ShownScope): string {
  const groups = Object.entries(opGroups ?? {}).flatMap(([group, permissions]) => {
    const halves = [permissions?.read && "read", permissions?.write && "write"].filter(Boolean);
    return halves.length === 0 ? [] : [`${group} ${halves.join("+")}`];
  });
  const operations = [...groups, ...(ops ?? [])].join(", ");
  return `${operations} in basins ${where(basins)}, streams ${where(streams)}`;
}

function where(set: ResourceSet | null | undefined): string {
  if (set == null) return "none";
  if (set.exact !== undefined) return set.exact;
  return set.prefix === "" ? "all" : `${set.prefix}*`;
}
