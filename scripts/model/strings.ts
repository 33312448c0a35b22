import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Shape, StringLimits } from "./api.js";
import { readFormat } from "./formats.js";
import { pick } from "./pick.js";

/** Reads the shape of a string: its format and the limits that are checked before sending. */
export function readString(node: Node, problems: Problems): Shape {
  const format = readFormat(node, "string", problems) ?? (holdsFile(node) ? "binary" : undefined);
  if (format === "date-time") return { kind: "dateTime" };
  const bytes = node.get("x-contract-byte-length");
  const minBytes = bytes?.number("min");
  const maxBytes = bytes?.number("max");
  const pattern = node.text("pattern");
  const not = readNot(node, problems);
  const limits: StringLimits = {
    ...(minBytes !== undefined && { minBytes }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...pick(node, "minLength"),
    ...pick(node, "maxLength"),
    ...(pattern !== undefined && isRegExp(pattern) && { pattern }),
    ...(not.length > 0 && { not }),
  };
  if (pattern !== undefined && !isRegExp(pattern)) {
    problems.warn(
      node.at,
      `the pattern ${pattern}`,
      "a regular expression of ECMAScript with the u flag",
    );
  }
  return { kind: "string", limits, ...(format !== undefined && { format }) };
}

/** Whether a string is a file as in OpenAPI 3.1: it has a media type that is not text, and no encoding. */
function holdsFile(node: Node): boolean {
  const mediaType = node.text("contentMediaType") ?? "";
  return (
    node.get("contentEncoding") === undefined &&
    /^(image|audio|video|application)\/(?!.*(json|xml|yaml|javascript))/i.test(mediaType)
  );
}

function readNot(node: Node, problems: Problems): string[] {
  const not = node.get("not");
  if (not === undefined) return [];
  const values = not.texts("enum");
  if (values.length === 0 || not.entries().length !== 1) {
    problems.warn(not.at, `not: ${JSON.stringify(not.value)}`, "not: {enum: [strings]}");
  }
  return values;
}

function isRegExp(pattern: string): boolean {
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}
