/** A tool that rates changes of OpenAPI documents. */
export type Tool = "oasdiff" | "redocly";

/** Rows on which a tool says otherwise than the label, and why the label stays. */
export interface Difference {
  readonly tool: Tool;
  readonly why: string;
  readonly rows: readonly string[];
}

/** Every difference that is known. */
export const differences: readonly Difference[] = [
  {
    tool: "oasdiff",
    why: "It judges what travels over HTTP; the names that a generated client shows are not part of that.",
    rows: [
      "operationId renamed",
      "tag changed",
      "name given",
      "path parameter renamed in the template",
      "component renamed that callers see",
      "property by another name",
      "error status removed for good",
      "error status of one operation removed",
    ],
  },
  {
    tool: "oasdiff",
    why: "It warns of the change and does not count it as breaking.",
    rows: [
      "parameter removed",
      "parameter moved",
      "request property removed",
      "request pattern narrowed",
      "optional response property removed",
      "response field removed",
      "header of a shared response removed",
    ],
  },
  {
    tool: "oasdiff",
    why: "It has no rule for the keyword, or none in this direction.",
    rows: [
      "explode changed",
      "request list shortened",
      "request items unique",
      "request value refused",
      "one more refused id",
      "default of a request property changed",
      "request object closed",
      "other credentials asked for",
      "more credentials asked for",
      "basic authentication",
      "server changed",
      "other server removed",
      "other origin by default",
      "older alias gone",
    ],
  },
  {
    tool: "oasdiff",
    why: "It does not read the extensions that say this.",
    rows: [
      "id of 95 bytes, as many characters as before",
      "secret shown",
      "error no longer retryable",
      "error without its guarantee",
      "code read elsewhere",
      "listing not iterated",
      "lookup gone",
      "other cursor",
      "order of pages no longer said",
      "fewer ways to allow",
      "a flag requires something else",
    ],
  },
  {
    tool: "oasdiff",
    why: "It takes every reader for one that validates; the old client reads the value.",
    rows: ["response limit loosened"],
  },
  {
    tool: "oasdiff",
    why: "The two spellings bind the same values: an alarm would be false.",
    rows: ["null in another spelling", "one schema behind allOf"],
  },
  {
    tool: "redocly",
    why: "It judges the document; the names that a generated client shows are not part of that.",
    rows: [
      "tag changed",
      "name given",
      "path parameter renamed in the template",
      "component renamed that callers see",
      "property by another name",
    ],
  },
  {
    tool: "redocly",
    why: "It rates a default like a text; the same call then means something else.",
    rows: [
      "default of a parameter changed",
      "default of a request property changed",
      "default of a page",
      "other origin by default",
    ],
  },
  {
    tool: "redocly",
    why: "It does not see what a caller can no longer write: the property, or a Date.",
    rows: ["request property removed", "request date is any string"],
  },
  {
    tool: "redocly",
    why: "It does not look into the variables of a server.",
    rows: ["older alias gone"],
  },
  {
    tool: "redocly",
    why: "It does not read the extensions that say this.",
    rows: [
      "id of 95 bytes, as many characters as before",
      "secret shown",
      "error no longer retryable",
      "error without its guarantee",
      "code read elsewhere",
      "listing not iterated",
      "lookup gone",
      "other cursor",
      "order of pages no longer said",
      "fewer ways to allow",
      "a flag requires something else",
    ],
  },
  {
    tool: "redocly",
    why: "It takes every reader for one that validates; the old client reads the value.",
    rows: [
      "response limit loosened",
      "response enum value added",
      "operation added to the list",
      "error status removed that others have",
    ],
  },
  {
    tool: "redocly",
    why: "It compares the text of the keyword: the new one allows all that the old one did.",
    rows: ["request pattern widened", "allowReserved given", "prefix sent as it is"],
  },
  {
    tool: "redocly",
    why: "The two spellings mean the same: an alarm would be false.",
    rows: [
      "explode said as it is",
      "null in another spelling",
      "one schema behind allOf",
      "parameters of the operation put on the path",
    ],
  },
];

/** Why a tool may say otherwise of a row; nothing where it must agree. */
export function reasonFor(tool: Tool, row: string): string | undefined {
  return differences.find((one) => one.tool === tool && one.rows.includes(row))?.why;
}
