import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { layout } from "./layout.js";
import { linksTo } from "./links.js";
import { type Rendered, render } from "./markdown.js";
import { type Page, pages } from "./pages.js";
import { type ReferenceDocument, reference, snippetTabs } from "./reference.js";

/** A file of the site. */
export interface SiteFile {
  readonly path: string;
  readonly text: string;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Builds all files of the site from the guides and the contract.
 *
 * @param repository - URL of the repository's files in a browser, if there is one
 */
export async function buildSite(repository: string | undefined): Promise<readonly SiteFile[]> {
  const document: ReferenceDocument = JSON.parse(read("generated/openapi.json"));
  const snippets = snippetTabs(document);
  const linkTarget = linksTo(repository);
  const rendered = pages.map((page): [Page, Rendered] => {
    if (page.source === undefined) {
      // The reference only links to its own sections and to files of the site.
      const target = (_source: string, href: string): string => href;
      return [page, render(reference(document), "", target, snippets)];
    }
    const { html, ...others } = render(read(page.source), page.source, linkTarget, snippets);
    return [page, { ...others, html: withImages(html, path.dirname(page.source)) }];
  });
  const entries = rendered.flatMap(([page, { sections }]) =>
    sections.map(({ title, id, text }) => ({
      id: `${page.path}#${id}`,
      page: page.label,
      title,
      text,
    })),
  );
  const bundle = await build({
    entryPoints: [path.join(root, "src/site/browser/site.ts")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return [
    ...rendered.map(([page, { title, html }]) => ({
      path: page.path,
      text: layout(page, title, html),
    })),
    { path: "style.css", text: read("src/site/style.css") },
    { path: "site.js", text: bundle.outputFiles[0]?.text ?? "" },
    { path: "search-index.js", text: `var searchEntries = ${JSON.stringify(entries)};\n` },
    { path: "openapi.json", text: read("generated/openapi.json") },
    { path: "openapi.yaml", text: read("generated/openapi.yaml") },
  ];
}

/** Embeds the images of a guide in its page. */
function withImages(html: string, folder: string): string {
  return html.replaceAll(/ src="([^":]+)\.png"/g, (_, name: string) => {
    const bytes = readFileSync(path.join(root, folder, `${name}.png`));
    return ` src="data:image/png;base64,${bytes.toString("base64")}"`;
  });
}

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}
