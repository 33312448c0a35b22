import type { MediaBody } from "../model/api.js";
import { essence } from "../model/media.js";
import { toPascal } from "../model/names/words.js";

/** A distinct word for each media type, used in function names: `Form`, `Xml`. */
export function mediaWords(bodies: readonly MediaBody[]): string[] {
  const taken = new Set<string>();
  return bodies.map(({ mediaType, kind }) => {
    const word = wordOf(essence(mediaType), kind);
    let own = word;
    for (let count = 2; taken.has(own); count += 1) own = `${word}${count}`;
    taken.add(own);
    return own;
  });
}

function wordOf(mediaType: string, kind: MediaBody["kind"]): string {
  if (kind === "form" || kind === "multipart" || kind === "events") return toPascal(kind);
  const subtype = mediaType.split("/")[1] ?? "";
  const name = toPascal(subtype.replace(/[^\p{L}\p{N}]+/gu, " "));
  return /^\p{L}/u.test(name) ? name : toPascal(kind);
}

/** Whether a body is `application/json`, which openapi-fetch sends and accepts by default. */
export function isPlainJson({ kind, mediaType }: MediaBody): boolean {
  return kind === "json" && (essence(mediaType) === "application/json" || mediaType.includes("*"));
}
