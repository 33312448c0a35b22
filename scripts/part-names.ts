/** Names of files that hold a part of what other documents have in one: a path, a schema, an operation. */
import { createHash } from "node:crypto";
import { isIdentifier } from "./model/names/identifiers.js";
import { toKebab, toPascal } from "./model/names/words.js";

/** The names of a part: its file, and the prefix of its types. */
export interface Name {
  readonly file: string;
  readonly type: string;
}

/** The file with the types of a path, without its extension. */
export function pathFile({ file }: Name): string {
  return `wire/paths/${file}`;
}

/** Maximum length of a name. File systems allow 255 bytes, but such names are hard to read. */
const longestName = 80;

/**
 * Returns names for parts. A name that is too long, or that equals another one if case is ignored, gets a part of its
 * hash, so that it does not depend on the number of other names.
 */
export function namesFor(keys: readonly string[]): (key: string) => Name {
  const plain = (key: string): string => toKebab(key.replaceAll("'", "")) || "root";
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(fold(plain(key)), (counts.get(fold(plain(key))) ?? 0) + 1);
  return (key) => {
    const name = plain(key);
    const isOwn = counts.get(fold(name)) === 1 && Buffer.byteLength(name) <= longestName;
    const hash = createHash("sha256").update(key).digest("hex").slice(0, 8);
    const file = isOwn ? name : `${cut(name)}-${hash}`;
    const type = toPascal(file);
    return {
      file: isDevice.test(file) ? `${file}-part` : file,
      type: isIdentifier(type) ? type : `_${type}`,
    };
  };
}

/** Maps names to one value if their files or types could collide. */
function fold(name: string): string {
  return name.replaceAll("-", "").toLowerCase();
}

function cut(name: string): string {
  let text = "";
  for (const character of name) {
    if (Buffer.byteLength(text + character) > longestName) break;
    text += character;
  }
  return text.replace(/-$/, "");
}

/** File names that Windows reserves for devices. */
const isDevice = /^(?:aux|con|nul|prn|com\d|lpt\d)$/;
