import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ tokens: [{ id: "seed", scope: { ops: ["read"] } }] });
});
afterAll(() => mock?.stop());

const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

describe("the page at /", () => {
  test("needs nothing from elsewhere", async () => {
    const response = await fetch(mock.url, { headers: html });
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
    const links = [...(await response.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(
      (it) => it[1] ?? "",
    );
    const own = links.filter((link) => link !== "data:,");
    expect(own).toHaveLength(3);
    for (const link of own) {
      expect(link).toMatch(/^\//);
      expect((await fetch(`${mock.url}${link}`)).status, link).toBe(200);
    }
  });

  test.each(["/", "/__mock/viewer/start.js", "/__mock/viewer/openapi.json"])(
    "keeps %s from pages of other origins",
    async (path) => {
      const { headers } = await fetch(`${mock.url}${path}`, { headers: html });
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    },
  );

  test("shows the document with this mock as its only server", async () => {
    const response = await fetch(`${mock.url}/__mock/viewer/openapi.json`);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ openapi: "3.1.0", servers: [{ url: "/v1" }] });
    expect(text).not.toContain("a.s2.dev");
  });

  test.each([
    ["a client that wants JSON", "/", { accept: "application/json" }],
    ["a file that is no part of it", "/__mock/viewer/../../package.json", html],
    ["a map", "/__mock/viewer/swagger-ui-bundle.js.map", html],
    ["the base path", "/v1/", html],
  ])("is not for %s", async (_, path, headers) => {
    const response = await fetch(`${mock.url}${path}`, { headers });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.status).toBeGreaterThanOrEqual(400);
  });
});

const browsers = [
  process.env["CHROMIUM_PATH"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = browsers.find((file) => file !== "" && existsSync(file));
if (executablePath === undefined) {
  console.warn(
    "skipped: the page in a browser; there is no Chromium (Debian: apt-get install chromium)",
  );
}

describe.skipIf(executablePath === undefined)("in Chromium (skipped where there is none)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      args: ["--no-sandbox"],
    });
  });
  afterAll(() => browser?.close());

  test("it renders, has the three operations, and makes a call", async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(mock.url);
    const operations = page.locator(".opblock-summary");
    await operations.first().waitFor();
    expect(
      await page.locator(".errors-wrapper, .version-pragma, .opblock-section-warning").count(),
    ).toBe(0);
    expect(await page.locator("#viewer").textContent()).not.toContain("Warning");
    expect(await operations.count()).toBe(3);
    const paths = await page.locator(".opblock-summary-path").allInnerTexts();
    expect(paths.map((path) => path.replaceAll("\u200b", ""))).toEqual([
      "/access-tokens",
      "/access-tokens",
      "/access-tokens/{id}",
    ]);
    await operations.first().click();
    await page.getByRole("button", { name: "Try it out" }).click();
    await page.getByRole("button", { name: "Execute" }).click();
    const live = page.locator(".live-responses-table");
    await live.waitFor();
    expect(await live.textContent()).toMatch(/200[\s\S]*"id": "seed"/);
    const call = { method: "GET", status: 200, operation: "list_access_tokens" };
    expect(mock.journal().at(-1)).toMatchObject(call);
    expect(complaints).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(mock.url) && !url.startsWith("data:"))).toEqual(
      [],
    );
  });

  test("it shows an id as the text that it is, though two texts are excluded", async () => {
    const page = await browser.newPage();
    await page.goto(mock.url);
    const models = page.locator("section.models");
    const id = models.locator("article", { hasText: "AccessTokenIdStr" }).first();
    await id.waitFor();
    expect(await id.locator(".json-schema-2020-12__attribute--primary").first().textContent()).toBe(
      "string",
    );
    expect(await models.getByText("never", { exact: true }).count()).toBe(0);
  });

  test("a page of another origin does not get the script that has the root token", async () => {
    const other = createServer((_, response) => {
      response.setHeader("content-type", "text/html").end("<!doctype html><title>other</title>");
    }).listen(0, "127.0.0.1");
    await once(other, "listening");
    try {
      const page = await browser.newPage();
      const address = other.address();
      await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
      const load = (src: string): Promise<string> =>
        page.evaluate(
          (url) =>
            new Promise<string>((resolve) => {
              const script = document.createElement("script");
              script.onload = () => resolve("loaded");
              script.onerror = () => resolve("refused");
              script.src = url;
              document.head.append(script);
            }),
          src,
        );
      expect(await load(`${mock.url}/__mock/viewer/start.js`)).toBe("refused");
    } finally {
      other.close();
      other.closeAllConnections();
    }
  });
});
