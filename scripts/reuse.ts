/** Reuses files of an earlier run whose sources have not changed. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Fingerprint, hash, isSameGenerator, readManifest } from "./manifest.js";

/** Returns the text of a file that an earlier run generated from the same source; `undefined` if there is none. */
export type Reuse = (file: string, source: string) => string | undefined;

/** Reuses nothing: for `--check`, which must not trust files, and for the first run. */
export const noReuse: Reuse = () => undefined;

/**
 * Reuses files of an output folder. The manifest has a hash of the source and of the text of each file. A file that was
 * edited, or that another version of the generator wrote, is not reused.
 */
export function reuseOf(out: string, now: Fingerprint): Reuse {
  const manifest = readManifest(out);
  if (manifest === undefined || !isSameGenerator(manifest, now)) return noReuse;
  const { sources, outputs } = manifest;
  return (file, source) => {
    if (sources[file] !== source) return undefined;
    const target = path.join(out, file);
    if (!existsSync(target)) return undefined;
    const text = readFileSync(target, "utf8");
    return hash(text) === outputs[file] ? text : undefined;
  };
}

/** A hash of a file's source. It is short, because the manifest has one for each file. */
export function sourceHash(text: string): string {
  return hash(text).slice(0, 16);
}
