import {
  type AccessTokenScopeInput,
  isUnrecognized,
  type ResourceSetInput,
} from "../../src/index.js";

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

/** Says in one line what a scope allows, and where: one that was listed, or one that is to be issued. */
export function summarise(scope: AccessTokenScopeInput): string {
  const { basins, streams, opGroups, ops } = scope;
  const groups = (["account", "basin", "stream"] as const).flatMap((group) => {
    const permissions = opGroups?.[group];
    const halves = [permissions?.read && "read", permissions?.write && "write"].filter(Boolean);
    return halves.length === 0 ? [] : [`${group} ${halves.join("+")}`];
  });
  const operations = [...groups, ...(ops ?? [])].join(", ");
  return `${operations} in basins ${where(basins)}, streams ${where(streams)}`;
}

function where(set: ResourceSetInput | null | undefined): string {
  if (set == null) return "none";
  if (isUnrecognized(set)) return JSON.stringify(set.raw);
  if (typeof set.exact === "string") return set.exact;
  return set.prefix === "" ? "all" : `${set.prefix}*`;
}
