import type { Node } from "../spec/node.js";
import type { Incoming } from "./api.js";
import type { PlannedIncoming } from "./names/incoming.js";
import type { SchemaReader } from "./schema.js";

/** Media types of JSON: `application/json`, `application/problem+json`. */
const jsonType = /^[^/]+\/([^;]+\+)?json(;|$)/i;

/**
 * Reads the payload of a webhook or a callback. The responses to it are not read: the client does not send them.
 *
 * @returns `undefined` if it has no payload
 */
export function readIncoming(
  reader: SchemaReader,
  { kind, name, http, node, typeName }: PlannedIncoming,
): Incoming | undefined {
  const requestBody = node.get("requestBody")?.resolve();
  const content = requestBody?.entries("content") ?? [];
  if (requestBody === undefined || content.length === 0) return undefined;
  const found = content.find(([type]) => jsonType.test(type));
  if (found === undefined) {
    const types = content.map(([type]) => type).join(", ");
    reader.problems.add(requestBody.at, `a payload of ${types}`, "JSON");
    return undefined;
  }
  return {
    kind,
    name,
    http,
    typeName,
    summary: node.text("summary") ?? "",
    description: node.text("description") ?? requestBody.text("description") ?? "",
    deprecated: node.flag("deprecated"),
    shape: schemaShape(reader, found[1]),
  };
}

function schemaShape(reader: SchemaReader, media: Node): Incoming["shape"] {
  const schema = media.get("schema");
  if (schema !== undefined) return reader.shape(schema);
  reader.problems.add(media.at, "a payload without a schema", "a schema");
  return { kind: "boolean" };
}
