import type { Json } from "../model/api.js";

/** Maximum nesting of objects and arrays. The YAML parser rejects 100 levels. */
const deepest = 90;

/**
 * Parses JSON with the same result as the YAML parser, in a tenth of its time. Returns `undefined` for text that the
 * YAML parser must handle: other text than JSON, duplicate keys, the merge key of YAML, and very deep nesting.
 */
export function parseJson(text: string): Json | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    // The result of JSON.parse is JSON.
    const parsed = JSON.parse(text) as Json;
    return keysIn(parsed, 0) === keysWritten(text) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Number of keys in JSON data; infinite if only the YAML parser can tell. */
function keysIn(value: Json, depth: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (depth > deepest) return Number.POSITIVE_INFINITY;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += keysIn(item, depth + 1);
    return count;
  }
  for (const [key, member] of Object.entries(value)) {
    if (key === "<<") return Number.POSITIVE_INFINITY;
    count += 1 + keysIn(member, depth + 1);
  }
  return count;
}

/** Number of keys in JSON text: strings before a colon. It counts duplicate keys, which parsing drops. */
function keysWritten(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = endOfString(text, at);
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (text[at] === ":") count += 1;
  }
  return count;
}

/** The index after the string that starts at an index. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

/** Whether an odd number of backslashes precedes a character. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === "\\") start -= 1;
  return (at - start) % 2 === 1;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
