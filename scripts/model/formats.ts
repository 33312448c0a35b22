import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";

/**
 * Known formats by JSON type: those of JSON Schema 2020-12, and common ones of the OpenAPI Format Registry. Of these,
 * only `date-time` changes a type. The list lets the generator warn of a misspelt `date-time`, which would otherwise
 * silently give a string instead of a `Date`.
 */
const formats: Readonly<Record<"string" | "number", readonly string[]>> = {
  string: [
    "base64url",
    "binary",
    "byte",
    "char",
    "commonmark",
    "date",
    "date-time",
    "date-time-local",
    "decimal",
    "duration",
    "email",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int64",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "time",
    "time-local",
    "uint64",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
  ],
  number: [
    "decimal",
    "decimal128",
    "double",
    "double-int",
    "float",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "unixtime",
  ],
};

/** Reads the format of a schema. Warns if it is unknown. */
export function readFormat(
  node: Node,
  type: "string" | "number",
  problems: Problems,
): string | undefined {
  const format = node.text("format");
  const known = formats[type];
  if (format !== undefined && !known.includes(format)) {
    problems.warn([...node.at, "format"], `the format ${JSON.stringify(format)}`, known.join(", "));
  }
  return format;
}
