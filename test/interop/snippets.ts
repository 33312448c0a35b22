import { readFileSync } from "node:fs";

/** The page as S2 publishes it, with the calls in four languages. */
const page = new URL("page.md", import.meta.url);

/** What the tabs of the page show, by language, without indentation that all lines share. */
export function pageSnippets(): ReadonlyMap<string, string> {
  const tab = /<Tab title="(.*?)">\n.*?```.*?\n(.*?)\n\s*```/gs;
  return new Map(
    [...readFileSync(page, "utf8").matchAll(tab)].map(([, title = "", code = ""]) => [
      title,
      dedent(code, title),
    ]),
  );
}

/** The regions of a program, by the operation whose call each shows. */
export function snippetsOf(program: string): ReadonlyMap<string, string> {
  const region = /^[ \t]*(?:\/\/ #|# )region (\w+)\n(.*?)\n[ \t]*(?:\/\/ #|# )endregion$/gms;
  return new Map(
    [...program.matchAll(region)].map(([, name = "", code = ""]) => [name, dedent(code)]),
  );
}

/** The page shows TypeScript with tabs, and this project writes two spaces. */
function dedent(code: string, language?: string): string {
  const lines = code.split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  const moved = lines.map((line) => line.slice(depth).trimEnd()).join("\n");
  return language === "TypeScript" ? moved.replaceAll("\t", "  ") : moved;
}
