import type { Property, Shape } from "../model/api.js";
import { innerShapes } from "../model/inner.js";
import { comment } from "./escape.js";

/** Maximum line length of generated doc comments, in characters. */
const width = 96;

/** The text of a doc comment: wrapped paragraphs, then tags. An empty array if there is no text. */
export function doc(paragraphs: readonly string[], tags: readonly string[] = []): string[] {
  const text = paragraphs.map((one) => one.trim()).filter((one) => one !== "");
  const body = text.map((one) => comment(wrap(one))).join("\n\n");
  const lines = [body, tags.join("\n")].filter((one) => one !== "").join("\n\n");
  return lines === "" ? [] : [lines];
}

/** A tag of a doc comment. Lines after the first are indented. */
export function tag(name: string, text: string): string {
  const [first = "", ...rest] = wrap(`@${name} ${text}`)
    .split("\n")
    .map((line, index) => (index === 0 ? `@${comment(line.slice(1))}` : comment(line)));
  return [first, ...rest.map((line) => `  ${line}`)].join("\n");
}

/** A list item. Lines after the first are indented. */
export function bullet(text: string): string {
  return fill(`- ${text.trim()}`).replaceAll("\n", "\n  ");
}

/** The doc comment of a property: its description, then the facts that only the schema has. */
export function propertyDoc(property: Property): string[] {
  const tags = property.deprecated ? ["@deprecated"] : [];
  return doc([property.description, propertyFacts(property).join(" ")], tags);
}

/** Facts from the schema of a property that its description leaves out: limits, the default, that it is a secret. */
export function propertyFacts(property: Property): string[] {
  const { description, default: fallback, secret, shape } = property;
  const saysDefault = fallback === undefined || fallback === null || /\bdefault/i.test(description);
  return [
    ...limits(shape).flatMap(([limit, text]) => (description.includes(limit) ? [] : text)),
    ...(saysDefault ? [] : [`Default: \`${JSON.stringify(fallback).replaceAll("`", "'")}\`.`]),
    ...digitFacts(shape),
    ...(secret && !/\bsecret\b/i.test(description) ? ["Secret: keep it out of logs."] : []),
  ];
}

/** A warning if integers of a shape may be too large for a JavaScript number. Models have a warning of their own. */
export function digitFacts(shape: Shape): string[] {
  return isWide(shape) ? ["JavaScript rounds integers beyond 2^53."] : [];
}

function isWide(shape: Shape): boolean {
  switch (shape.kind) {
    case "number": {
      const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = shape.limits;
      const least = shape.format === "uint64" ? 0 : (minimum ?? exclusiveMinimum);
      const most = maximum ?? exclusiveMaximum;
      const isExact = [least, most].every((bound) => Math.abs(bound ?? Number.NaN) <= 2 ** 53);
      return !isExact && (shape.format === "int64" || shape.format === "uint64");
    }
    case "object":
      return false;
    default:
      return innerShapes(shape).some(isWide);
  }
}

/** The rules between the properties of an object, as sentences. */
export function ruleFacts(shape: Shape): string[] {
  if (shape.kind !== "object") return [];
  return (shape.rules ?? []).map((rule) => {
    if (rule.kind === "requires") {
      return `If \`${rule.flag}\` is true, \`${rule.path.join(".")}\` must be given.`;
    }
    const names = rule.names.map((name) => `\`${name}\``);
    const last = names.at(-1) ?? "";
    const list = names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
    return names.length < 2 ? `Give ${list}.` : `Give at least one of ${list}.`;
  });
}

type Limit = [string, string];

/** Sentences about limits, each with its number. A description that contains the number already states the limit. */
function limits(shape: Shape): Limit[] {
  switch (shape.kind) {
    case "nullable":
      return limits(shape.shape);
    case "array":
      return [
        ...(shape.minItems === undefined
          ? []
          : [[`${shape.minItems}`, `At least ${shape.minItems} items.`] satisfies Limit]),
        ...(shape.maxItems === undefined
          ? []
          : [[`${shape.maxItems}`, `At most ${shape.maxItems} items.`] satisfies Limit]),
      ];
    case "string": {
      const { maxBytes } = shape.limits;
      return maxBytes === undefined ? [] : [[`${maxBytes}`, `At most ${maxBytes} bytes of UTF-8.`]];
    }
    case "number": {
      const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = shape.limits;
      return [
        ...(minimum === undefined ? [] : [[`${minimum}`, `At least ${minimum}.`] satisfies Limit]),
        ...(maximum === undefined ? [] : [[`${maximum}`, `At most ${maximum}.`] satisfies Limit]),
        ...(exclusiveMinimum === undefined
          ? []
          : [[`${exclusiveMinimum}`, `More than ${exclusiveMinimum}.`] satisfies Limit]),
        ...(exclusiveMaximum === undefined
          ? []
          : [[`${exclusiveMaximum}`, `Less than ${exclusiveMaximum}.`] satisfies Limit]),
        ...(multipleOf === undefined
          ? []
          : [[`${multipleOf}`, `A multiple of ${multipleOf}.`] satisfies Limit]),
      ];
    }
    default:
      return [];
  }
}

/** Wraps paragraphs at spaces. Lists, tables, quotes, headings and code keep their line breaks. */
function wrap(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      /^([^\S\n]{4}|[^\S\n]{0,3}([-*|>#]|\d+\.|```))/m.test(paragraph)
        ? paragraph
        : fill(paragraph),
    )
    .join("\n\n");
}

function fill(paragraph: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
