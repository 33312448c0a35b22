import Slugger from "github-slugger";
import MarkdownIt from "markdown-it";
import { escapeHtml, highlight } from "./highlight.js";
import type { LinkTarget } from "./links.js";

/** A section of a page: a heading and the text below it. */
export interface Section {
  readonly title: string;
  /** Its anchor; empty for the text before the first heading. */
  readonly id: string;
  readonly depth: number;
  readonly text: string;
}

/** A page as HTML. */
export interface Rendered {
  readonly html: string;
  readonly title: string;
  readonly sections: readonly Section[];
}

/**
 * Renders Markdown with the same anchors as on GitHub.
 *
 * @param source - the file with the text; links are relative to it
 * @param snippets - HTML by name, which replaces each `<!-- snippets: NAME -->`
 */
export function render(
  text: string,
  source: string,
  linkTarget: LinkTarget,
  snippets: ReadonlyMap<string, string> = new Map(),
): Rendered {
  const markdown = new MarkdownIt({ html: true, linkify: false, highlight });
  const slugger = new Slugger();
  const tokens = markdown.parse(withoutComments(text), {});
  const sections: { title: string; id: string; depth: number; texts: string[] }[] = [];
  for (const [index, token] of tokens.entries()) {
    const inline = tokens[index + 1];
    if (token.type === "heading_open" && inline !== undefined) {
      const title = plainText(inline.children ?? []);
      const id = slugger.slug(title);
      token.attrSet("id", id);
      sections.push({ title, id, depth: Number(token.tag.slice(1)), texts: [] });
    } else if (token.type === "inline" && tokens[index - 1]?.type !== "heading_open") {
      sections.at(-1)?.texts.push(plainText(token.children ?? []));
    } else if (token.type === "fence") {
      sections.at(-1)?.texts.push(token.content);
    }
    for (const child of token.children ?? []) {
      if (child.type !== "link_open") continue;
      const target = linkTarget(source, String(child.attrGet("href") ?? ""));
      // Without a target, only the text of the link stays.
      if (target === undefined) child.attrs = null;
      else child.attrSet("href", target);
    }
  }
  const html = markdown.renderer
    .render(tokens, markdown.options, {})
    .replaceAll(/<p>snippets: (\w+)<\/p>/g, (_, name: string) => snippets.get(name) ?? "")
    .replaceAll("<table>", '<div class="wide"><table>')
    .replaceAll("</table>", "</table></div>");
  return {
    html,
    title: sections[0]?.title ?? source,
    sections: sections.map(({ texts, ...section }) => ({ ...section, text: texts.join("\n") })),
  };
}

/** Tabs of code samples. The first is shown; the reader's choice applies to all tabs of the site. */
export function tabs(
  samples: readonly { readonly lang: string; readonly source: string }[],
): string {
  const buttons = samples.map(
    ({ lang }, index) =>
      `<button type="button" role="tab" aria-selected="${index === 0}" data-lang="${escapeHtml(lang)}">${escapeHtml(lang)}</button>`,
  );
  const panels = samples.map(
    ({ lang, source }, index) =>
      `<div role="tabpanel" aria-label="${escapeHtml(lang)}" data-lang="${escapeHtml(lang)}"${index === 0 ? "" : " hidden"}><pre><code>${highlight(source, lang)}</code></pre></div>`,
  );
  return `<div class="tabs"><div role="tablist" aria-label="Language">${buttons.join("")}</div>${panels.join("")}</div>`;
}

/** Removes comments, which are for authors. Marks of snippets become paragraphs, which `render` replaces later. */
function withoutComments(text: string): string {
  return text.replaceAll(/<!-- (snippets: \w+) -->/g, "$1").replaceAll(/^<!--.*?-->\n?/gms, "");
}

interface InlineToken {
  readonly type: string;
  readonly content: string;
}

function plainText(tokens: readonly InlineToken[]): string {
  return tokens
    .map(({ type, content }) =>
      type === "softbreak" ? " " : type === "html_inline" ? "" : content,
    )
    .join("");
}
