import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The part of turndown that is used. */
interface Converter {
  escape: (text: string) => string;
  readonly turndown: (html: string) => string;
  readonly remove: (elements: readonly string[]) => unknown;
  readonly addRule: (name: string, rule: Rule) => unknown;
}

interface Rule {
  readonly filter: string;
  readonly replacement: (content: string, node: Element) => string;
}

interface Element {
  readonly getAttribute: (name: string) => string | null;
}

const inline =
  "a abbr b big cite code del em font i ins kbd mark q s samp small span strike strong sub sup tt u var";
const blocks =
  "blockquote center dd div dl dt h1 h2 h3 h4 h5 h6 li ol p pre table tbody td tfoot th thead tr ul";

/** An element that ends, or a line break. Words in angle brackets, such as `<number>`, are none. */
const element = new RegExp(`</(?:${inline} ${blocks})\\s*>|<br\\s*/?>`.replaceAll(" ", "|"), "i");
const block = new RegExp(`<(?:${blocks})[\\s>]`.replaceAll(" ", "|"), "i");

/** Signs of Markdown, in which HTML may stand as it is: code, emphasis, links, lists, headings, tables, quotes. */
const markdown = /`|\*\*|\]\(|^[^\S\n]*(?:[-*+] |#{1,6} |\d+\. |\||> )/m;

/** Longer texts stay as they are. */
const longest = 100_000;

/** A description as Markdown, where it is HTML. Nothing of it can run or lead to a program: it becomes a comment. */
export function fromHtml(text: string): string {
  if (text.length > longest || !element.test(text) || markdown.test(text)) return text;
  try {
    // Without blocks, blank lines are what separates paragraphs.
    const parts = block.test(text) ? [text] : text.split(/\n\s*\n/);
    return parts.map((part) => clean(converter().turndown(part))).join("\n\n");
  } catch (error) {
    // Elements that are nested a thousand times deep.
    if (error instanceof RangeError) return text;
    throw error;
  }
}

function clean(text: string): string {
  return text.replace(/[^\S\n]+$/gm, "").trim();
}

let loaded: Converter | undefined;

/** Loaded where a document has HTML, which few have. */
function converter(): Converter {
  loaded ??= makeConverter();
  return loaded;
}

function makeConverter(): Converter {
  // turndown has no types of its own; what is used of it is above.
  const Turndown = require("turndown") as new (
    options: Readonly<Record<string, string>>,
  ) => Converter;
  const made = new Turndown({
    headingStyle: "atx",
    codeBlockStyle: "fenced",
    bulletListMarker: "-",
  });
  made.remove(["script", "style", "iframe", "object", "embed", "noscript", "template"]);
  made.addRule("link", {
    filter: "a",
    replacement: (content, node) => {
      const target = node.getAttribute("href") ?? "";
      const isSafe = /^(?:https?:\/\/|mailto:|[#/.])[^\s<>()]*$/i.test(target);
      return isSafe && content.trim() !== "" ? `[${content}](${target})` : content;
    },
  });
  made.addRule("picture", {
    filter: "img",
    replacement: (_, node) => node.getAttribute("alt") ?? "",
  });
  const usual = made.escape.bind(made);
  // `snake_case` has no emphasis in Markdown.
  made.escape = (given) => usual(given).replace(/(?<=\w)\\_(?=\w)/g, "_");
  return made;
}
