/** What an earlier run has left in the output folder, for the files whose sources are what they were. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Fingerprint, hash, isSameGenerator, readManifest } from "./manifest.js";

/** Gives the text of a file that an earlier run has made of this source; `undefined` where there is none. */
export type Reuse = (file: string, source: string) => string | undefined;

/** Reuses nothing: for `--check`, which trusts no file, and where nothing was generated yet. */
export const noReuse: Reuse = () => undefined;

/**
 * Reuses files of an output folder. The manifest says what each was made of and what it was then; a file that was
 * changed since, or that another version of the generator has made, is made again.
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

/** A hash of what a file is made of: short, because a manifest has one for each file. */
export function sourceHash(text: string): string {
  return hash(text).slice(0, 16);
}
