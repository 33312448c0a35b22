import { type FSWatcher, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";

/**
 * Reads a JSON file.
 *
 * @throws {Error} it cannot be read, or is no JSON; the message names it.
 */
export async function readJsonFile(file: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (typeof value === "object" && value !== null) return value;
    throw new TypeError("expected a JSON object");
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** Calls back when a file has changed, also when it was replaced by another of its name. */
export function watchFile(file: string, changed: () => void): FSWatcher {
  let pending: NodeJS.Timeout | undefined;
  // Editors write in several steps; the folder is watched because a new file is another one.
  return watch(dirname(file), (_event, name) => {
    if (name !== null && name !== basename(file)) return;
    clearTimeout(pending);
    pending = setTimeout(changed, 100);
  });
}
