/** A fenced code block of a text, and where it stands. */
export interface Block {
  /** First word of the info string: `ts`, `sh`, `yaml`; empty without one. */
  readonly language: string;
  /** The rest of the info string. */
  readonly marks: readonly string[];
  readonly text: string;
  readonly file: string;
  /** Line of the file on which the code starts, from 1. */
  readonly line: number;
}

/** The fenced blocks of a Markdown text. */
export function blocksOfMarkdown(file: string, markdown: string, firstLine = 1): Block[] {
  const blocks: Block[] = [];
  let open: { readonly info: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    const info = /^\s*```(.*)$/.exec(line)?.[1];
    if (info === undefined) {
      open?.lines.push(line);
    } else if (open === undefined) {
      open = { info: info.trim(), line: firstLine + index + 1, lines: [] };
    } else {
      const [language = "", ...marks] = open.info.split(/\s+/);
      blocks.push({ language, marks, text: open.lines.join("\n"), file, line: open.line });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.line}: a fence that is never closed`);
  return blocks;
}

/** The fenced blocks in the doc comments of a TypeScript source. */
export function blocksOfSource(file: string, source: string): Block[] {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const firstLine = source.slice(0, comment.index).split("\n").length;
    return blocksOfMarkdown(file, comment[0].replace(/^\s*\* ?/gm, ""), firstLine);
  });
}

/** `README.md:12`, to find a block by. */
export function placeOf(block: Block): string {
  return `${block.file}:${block.line}`;
}
