/** Names of the parts of the wire types. */
import { createHash } from "node:crypto";
import { isIdentifier } from "./model/names/identifiers.js";
import { toKebab, toPascal } from "./model/names/words.js";

/** What a part is called: its file, and the start of its types. */
export interface Name {
  readonly file: string;
  readonly type: string;
}

/** The file with the types of a path, without an ending. */
export function pathFile({ file }: Name): string {
  return `wire/paths/${file}`;
}

/** File systems take 255 bytes for a name; people read fewer. */
const longestName = 80;

/**
 * Names of parts. One that is long, or alike others on a disk that ignores case, gets some of its hash, so that no
 * name depends on how many others there are.
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

/** One value for names whose files or types could be taken for each other. */
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

/** File names that Windows has for its devices. */
const isDevice = /^(?:aux|con|nul|prn|com\d|lpt\d)$/;
