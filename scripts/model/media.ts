import type { Node } from "../spec/node.js";
import type { MediaKind } from "./api.js";

/** An entry of `content`. */
export interface Media {
  readonly type: string;
  readonly kind: MediaKind;
  /** The Media Type Object. */
  readonly node: Node;
  readonly schema: Node | undefined;
}

/**
 * The media types of `content`, the default first: `application/json`, then by kind in the order of {@link ranks}, then
 * ranges.
 */
export function mediaOf(content: Node | undefined): Media[] {
  const all = (content?.entries() ?? []).map(([type, node]): Media => {
    const items = node.get("itemSchema");
    const schema = node.get("schema");
    const kind = kindOf(type, schema, items !== undefined);
    const isList = kind === "lines" || kind === "events";
    return { type, kind, node, schema: isList ? (items ?? schema) : schema };
  });
  const rank = ({ type, kind }: Media): number => {
    if (type.includes("*")) return ranks.length + 1;
    if (essence(type) === "application/json") return -1;
    return ranks.indexOf(kind);
  };
  return all.sort((left, right) => rank(left) - rank(right));
}

const ranks: readonly MediaKind[] = [
  "json",
  "form",
  "multipart",
  "lines",
  "text",
  "binary",
  "events",
];

/** A media type without its parameters. */
export function essence(type: string): string {
  return (type.split(";")[0] ?? "").trim().toLowerCase();
}

/** How bodies of a media type are encoded and decoded. */
function kindOf(type: string, schema: Node | undefined, isSequence: boolean): MediaKind {
  const name = essence(type);
  if (name === "text/event-stream") return "events";
  if (/^application\/((x-)?(ndjson|jsonl|json-?lines)|json-seq|.+\+json-seq)$/.test(name)) {
    return "lines";
  }
  if (isSequence && isJson(name)) return "lines";
  if (isJson(name)) return isBinary(schema) ? "binary" : "json";
  if (name === "application/x-www-form-urlencoded") return "form";
  if (name === "multipart/form-data") return "multipart";
  if (name.includes("*") && !name.startsWith("text/")) return rangeKind(schema);
  return isText(name) && !isBinary(schema) ? "text" : "binary";
}

/** The kind for a range of media types, from the schema. Frameworks declare ranges although they send JSON. */
function rangeKind(schema: Node | undefined): MediaKind {
  if (schema === undefined || isBinary(schema)) return "binary";
  const target = schema.resolve() ?? schema;
  return target.get("type")?.value === "string" ? "text" : "json";
}

function isJson(name: string): boolean {
  return (
    /^(application|text)\/(json5?|x-json|.+\+json|json-.+)$/.test(name) || /\+json$/.test(name)
  );
}

function isText(name: string): boolean {
  return (
    name.startsWith("text/") ||
    /[/+](xml|yaml|x-yaml|html|javascript|ecmascript|graphql|sql|toml|csv|sdp)$/.test(name)
  );
}

/** Whether a schema describes bytes: it has `format: binary`, or a media type that is not JSON and no encoding. */
export function isBinary(schema: Node | undefined): boolean {
  const target = schema?.resolve() ?? schema;
  if (target === undefined) return false;
  if (target.text("format") === "binary") return true;
  return (
    target.get("contentMediaType") !== undefined &&
    target.get("contentEncoding") === undefined &&
    !isJson(essence(target.text("contentMediaType") ?? ""))
  );
}
