import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { buildSite, type SiteFile } from "../../src/site/build.js";
import { linksTo } from "../../src/site/links.js";
import { render } from "../../src/site/markdown.js";
import { pages } from "../../src/site/pages.js";
import { clients } from "../interop/clients.js";
import { snippetsOf } from "../interop/snippets.js";

let files: ReadonlyMap<string, string>;
const repository = "https://code.example/o/r/blob/main";
beforeAll(async () => {
  const built: readonly SiteFile[] = await buildSite(repository);
  files = new Map(built.map(({ path, text }) => [path, text]));
});

/** The values of an attribute, as a browser reads them. */
function valuesOf(html: string, attribute: string): string[] {
  const found = html.matchAll(new RegExp(`<[a-z][^>]*\\s${attribute}="([^"]*)"`, "g"));
  return [...found].map(([, value = ""]) =>
    value.replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
  );
}

/** Why a link of a page leads nowhere; undefined where it leads somewhere. */
function brokenLink(from: string, href: string): string | undefined {
  if (/^(?:https?:|data:)/.test(href)) return undefined;
  const [target = "", anchor] = href.split("#");
  const text = files.get(target === "" ? from : target);
  if (text === undefined) return `${from}: ${href}: no such file`;
  const isThere = anchor === undefined || valuesOf(text, "id").includes(decodeURIComponent(anchor));
  return isThere ? undefined : `${from}: ${href}: no such anchor`;
}

const html = (): [string, string][] => [...files].filter(([path]) => path.endsWith(".html"));

test("every link and every anchor leads somewhere", () => {
  const broken = html().flatMap(([path, text]) =>
    [...valuesOf(text, "href"), ...valuesOf(text, "src")].map((href) => brokenLink(path, href)),
  );
  expect(broken.filter((one) => one !== undefined)).toEqual([]);
});

test("a link that leads nowhere is found", () => {
  expect(brokenLink("index.html", "nowhere.html")).toBe("index.html: nowhere.html: no such file");
  expect(brokenLink("index.html", "client.html#nowhere")).toContain("no such anchor");
  expect(brokenLink("index.html", "client.html#errors")).toBeUndefined();
});

test("a link to a file of the repository that is no page leads to a file that is there", () => {
  const links = html().flatMap(([, text]) => valuesOf(text, "href"));
  const paths = links
    .filter((href) => href.startsWith(repository))
    .map((href) => href.slice(repository.length + 1).split("#")[0] ?? "");
  expect(paths.length).toBeGreaterThan(0);
  const missing = paths.filter((path) => {
    try {
      readFileSync(new URL(`../../${path}`, import.meta.url));
      return false;
    } catch (error) {
      return !(error instanceof Error && error.message.startsWith("EISDIR"));
    }
  });
  expect(missing).toEqual([]);
});

test("no page loads anything from another host, and its policy forbids it", () => {
  for (const [path, text] of html()) {
    expect([path, text]).toEqual([path, expect.stringContaining("default-src 'none'")]);
    const loaded = [
      ...valuesOf(text, "src"),
      ...[...text.matchAll(/<link[^>]*href="([^"]*)"/g)].map(([, href = ""]) => href),
    ];
    expect(loaded.filter((url) => /^(?:https?:)?\/\//.test(url))).toEqual([]);
    expect(text).not.toMatch(/<(?:img (?![^>]*src="data:)|iframe|object|embed|video)\b/);
  }
  expect(files.get("style.css")).not.toMatch(/@import|url\(/);
});

test("ids are unique in each page, and each page has a title", () => {
  for (const [path, text] of html()) {
    const ids = valuesOf(text, "id");
    expect([path, ids.length]).toEqual([path, new Set(ids).size]);
    expect(text).toMatch(/<title>[^<]+<\/title>/);
  }
});

test("the page of access tokens and the reference show what the programs of interop run", () => {
  const shown = (path: string): string =>
    (files.get(path) ?? "")
      .replaceAll(/<\/?span[^>]*>/g, "")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&#x27;", "'");
  for (const { name, seed } of clients) {
    const program = readFileSync(new URL(`../interop/${name}/${seed}`, import.meta.url), "utf8");
    for (const snippet of snippetsOf(program).values()) {
      expect(shown("access-tokens.html")).toContain(snippet);
      expect(shown("reference.html")).toContain(snippet);
    }
  }
});

test("what the search finds is there", () => {
  const text = files.get("search-index.js") ?? "";
  const entries: readonly { id: string; title: string }[] = JSON.parse(
    text.replace(/^var searchEntries = /, "").replace(/;\n$/, ""),
  );
  expect(entries.length).toBeGreaterThan(100);
  const broken = entries.map(({ id }) => brokenLink("", id));
  expect(broken.filter((one) => one !== undefined)).toEqual([]);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  expect(pages.every(({ path }) => entries.some(({ id }) => id.startsWith(`${path}#`)))).toBe(true);
});

test.each([
  ["README.md", "src/README.md#errors", "client.html#errors"],
  ["README.md", "./scripts/", "generator.html"],
  ["src/README.md", "mock/README.md", "mock.html"],
  ["test/README.md", "../README.md", "index.html"],
  ["README.md", "#install", "#install"],
  ["README.md", "https://s2.dev", "https://s2.dev"],
  ["README.md", "LICENSE", undefined],
])("in %s, %s leads to %s", (source, href, target) => {
  expect(linksTo(undefined)(source, href)).toBe(target);
});

test("a link that leads nowhere on the site stays as text", () => {
  const { html: made } = render("# A\n\n[the licence](LICENSE)\n", "README.md", linksTo(undefined));
  expect(made).toContain("<a>the licence</a>");
  expect(made).not.toContain("href");
});
