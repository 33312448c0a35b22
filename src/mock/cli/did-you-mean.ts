import { closest, distance } from "fastest-levenshtein";

/** A question that names the known name closest to a given one, to append to a message. Empty if none is close. */
export function didYouMean(given: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  // Users abbreviate names, or mistype a letter or two.
  const started = known.filter((name) => given.length > 1 && name.startsWith(given));
  const name = started.length === 1 ? (started[0] ?? "") : closest(given, known);
  const isClose = started.length === 1 || distance(given, name) <= Math.max(1, given.length / 3);
  return isClose ? `; did you mean ${name}?` : "";
}
