import type { LiveReport } from "./run.js";

/** The report of a run, for a person. */
export function printReport({ prefix, calls, differences, stopped, left }: LiveReport): string {
  const placed = differences.map(({ operation, status, what }) => ({
    place: `  ${operation}, ${status}`,
    what,
  }));
  const places = [...new Set(placed.map(({ place }) => place))];
  const found = places.flatMap((place) => [
    place,
    ...placed.filter((one) => one.place === place).map(({ what }) => `    ${what}`),
  ]);
  return [
    `${calls} calls, with ids that begin with ${prefix}`,
    ...(stopped === undefined ? [] : [`The run did not come to its end: ${stopped}`]),
    differences.length === 0
      ? "Nothing was found that the contract does not say."
      : `${differences.length} differences from the contract:`,
    ...found,
    left.length === 0
      ? "Everything that was issued is revoked."
      : `NOT revoked, do it by hand: ${left.map((id) => JSON.stringify(id)).join(", ")}`,
  ].join("\n");
}
