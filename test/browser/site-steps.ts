import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { buildSite } from "../../src/site/build.js";

/** What a step is given. */
interface Bench {
  readonly browser: Browser;
  /** Keeps a screenshot, where they are asked for. */
  readonly keep: (page: Page, file: string) => Promise<void>;
}

type Step = (bench: Bench) => Promise<void>;

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css",
  js: "text/javascript; charset=utf-8",
};

/** Opens a page of the site, and ends with what the browser complained of and asked elsewhere: nothing. */
async function visit(
  { browser }: Bench,
  path: string,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const files = new Map((await buildSite(undefined)).map((file) => [`/${file.path}`, file.text]));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const type = types[pathname.split(".").at(-1) ?? ""] ?? "text/plain";
    response.writeHead(files.has(pathname) ? 200 : 404, { "content-type": type });
    response.end(files.get(pathname));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this form.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:")) complaints.push(`asked ${url}`);
  });
  try {
    await page.goto(`${origin}/${path}`);
    await work(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    server.close();
  }
}

/** Whether a page must be moved sideways to be read. */
async function isTooWide(page: Page): Promise<boolean> {
  const width: unknown = await page.evaluate("document.documentElement.scrollWidth");
  return Number(width) > (page.viewportSize()?.width ?? 0);
}

const narrow = { viewport: { width: 390, height: 844 } };

/** Three pages of the site, as a person reads them. */
export const siteSteps: Readonly<Record<string, Step>> = {
  "the page of access tokens: a language that is chosen holds for all tabs, and on the next page": (
    bench,
  ) =>
    visit(bench, "access-tokens.html", {}, async (page) => {
      const shown = page.locator("[role=tabpanel]:visible");
      assert.match((await shown.first().textContent()) ?? "", /await client\.accessTokens\.list/);
      await page.getByRole("tab", { name: "Rust" }).first().click();
      assert.equal(await shown.count(), 3);
      for (const text of await shown.allInnerTexts()) assert.match(text, /client\s*\.?/);
      assert.match((await shown.nth(1).textContent()) ?? "", /IssueAccessTokenInput::new/);
      await page.getByRole("link", { name: "HTTP API" }).click();
      // The page shows the language that is kept when its script has run.
      await shown.filter({ hasText: "Default::default" }).first().waitFor({ timeout: 5_000 });
      await bench.keep(page, "site-reference");
    }),
  "the reference on a narrow screen: nothing is wider, and the navigation opens": (bench) =>
    visit(bench, "reference.html", narrow, async (page) => {
      assert.equal(await isTooWide(page), false);
      const link = page.getByRole("link", { name: "The mock" });
      assert.equal(await link.isVisible(), false);
      await page.getByText("Pages", { exact: true }).click();
      await link.click();
      assert.equal((await page.locator("h1").textContent()) ?? "", "The mock");
      assert.equal(await isTooWide(page), false);
      await bench.keep(page, "site-mock-narrow");
    }),
  "the overview in the dark: the search leads to a section, and the theme can be changed": (
    bench,
  ) =>
    visit(bench, "index.html", { ...narrow, colorScheme: "dark" }, async (page) => {
      const background = (): Promise<unknown> =>
        page.evaluate("getComputedStyle(document.body).backgroundColor");
      assert.equal(await background(), "rgb(20, 23, 30)");
      await bench.keep(page, "site-overview-dark");
      await page.getByLabel("Search").fill("retry");
      await page.locator("#results a").first().click();
      assert.match(page.url(), /\.html#./);
      await page.getByLabel("Switch between light and dark").click();
      assert.equal(await background(), "rgb(255, 255, 255)");
      await page.reload();
      assert.equal(await background(), "rgb(255, 255, 255)");
    }),
};
