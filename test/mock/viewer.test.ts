import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ tokens: [{ id: "seed", scope: { ops: ["read"] } }] });
});
afterAll(() => mock?.stop());

const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

/** What a page loads by itself. */
async function linksOf(path: string): Promise<readonly string[]> {
  const text = await (await fetch(`${mock.url}${path}`, { headers: html })).text();
  const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((it) => it[1] ?? "");
  return links.filter((link) => link !== "data:,");
}

describe("the pages", () => {
  test.each([
    ["/", 2],
    ["/__mock/viewer/", 3],
  ])("%s loads nothing from other servers", async (path, count) => {
    const own = await linksOf(path);
    expect(own).toHaveLength(count);
    for (const link of own) {
      expect(link).toMatch(/^\/__mock\//);
      expect((await fetch(`${mock.url}${link}`)).status, link).toBe(200);
    }
  });

  test("the one at / runs only its own scripts and styles, and cannot be framed", async () => {
    const { headers } = await fetch(mock.url, { headers: html });
    expect(headers.get("content-type")).toContain("text/html");
    const policy = headers.get("content-security-policy")?.split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy?.join()).not.toContain("unsafe");
  });

  test("the one at / has at most 60 kB, compressed", async () => {
    let bytes = 0;
    for (const link of await linksOf("/")) {
      bytes += gzipSync(await (await fetch(`${mock.url}${link}`)).text()).length;
    }
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(60_000);
  });

  test.each([
    "/",
    "/__mock/page/page.js",
    "/__mock/page/settings.json",
    "/__mock/viewer/start.js",
    "/__mock/viewer/openapi.json",
  ])("%s is not readable by pages of other origins", async (path) => {
    const { headers } = await fetch(`${mock.url}${path}`, { headers: html });
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  });

  test("the reference shows the document with this mock as its only server", async () => {
    const response = await fetch(`${mock.url}/__mock/viewer/openapi.json`);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ openapi: "3.1.0", servers: [{ url: "/v1" }] });
    expect(text).not.toContain("a.s2.dev");
  });

  test.each([
    ["a client that wants JSON", "/", { accept: "application/json" }],
    ["a file that is no part of it", "/__mock/viewer/../../package.json", html],
    ["a file that is no part of the page", "/__mock/page/../../package.json", html],
    ["a map", "/__mock/viewer/swagger-ui-bundle.js.map", html],
    ["the base path", "/v1/", html],
  ])("are not for %s", async (_, path, headers) => {
    const response = await fetch(`${mock.url}${path}`, { headers });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.status).toBeGreaterThanOrEqual(400);
  });
});

describe("the settings of the page", () => {
  const settings = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${mock.url}/__mock/page/settings.json`, { headers });

  test("contain the URL and the tokens", async () => {
    const response = await settings({ "sec-fetch-site": "same-origin" });
    expect(await response.json()).toMatchObject({
      endpoint: mock.url,
      basePath: "/v1",
      rootToken: mock.rootToken,
      controlToken: mock.controlToken,
      stateless: false,
      operations: [{ id: "list_access_tokens" }, {}, {}],
    });
  });

  test.each<[string, Record<string, string>]>([
    ["of another port of this machine", { origin: "http://127.0.0.1:3000" }],
    ["of another site", { "sec-fetch-site": "cross-site" }],
    ["of the same site", { "sec-fetch-site": "same-site" }],
    ["in a sandbox", { origin: "null" }],
  ])("are kept from a page %s, whatever origins may call", async (_, headers) => {
    await using open = await startMock({ allowedOrigins: ["*", "null"] });
    for (const { url, controlToken } of [mock, open]) {
      const response = await fetch(`${url}/__mock/page/settings.json`, { headers });
      expect(response.status).toBe(403);
      expect(await response.text()).not.toContain(controlToken);
    }
  });
});
