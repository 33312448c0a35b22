import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type Mock, type MockOptions, startMock } from "../../src/mock/index.js";

/** What a step is given. */
export interface Bench {
  readonly browser: Browser;
  /** Keeps a screenshot, where they are asked for. */
  readonly keep: (page: Page, file: string) => Promise<void>;
}

type Step = (bench: Bench) => Promise<void>;

/** Two tokens: one of them has a scope that allows nothing. */
const seeded: MockOptions = {
  tokens: [
    {
      id: "ci/deploy",
      scope: {
        basins: { prefix: "ci-" },
        streams: { prefix: "" },
        opGroups: { stream: { read: true, write: true } },
      },
      expiresAt: "2100-01-01T00:00:00Z",
    },
    { id: "reader", scope: { ops: ["read"] } },
  ],
};

/** Opens a page of a mock, and ends with what the browser complained of and asked elsewhere: nothing. */
async function visit(
  { browser }: Bench,
  options: BrowserContextOptions,
  work: (page: Page, mock: Mock) => Promise<void>,
  mockOptions: MockOptions = seeded,
): Promise<void> {
  await using mock = await startMock(mockOptions);

  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // The alert also shows what the API refuses.
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(mock.url) && !url.startsWith("data:")) complaints.push(`asked ${url}`);
  });
  try {
    await page.goto(mock.url);
    await work(page, mock);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** Calls the mock as a consumer in any language does, once validly and twice not. */
async function consume(mock: Mock): Promise<void> {
  await mock.client().accessTokens.list({ limit: 10 });
  const headers = { authorization: `Bearer ${mock.rootToken}` };
  for (const query of ["lmit=3", "limit=-1"]) {
    await (await fetch(`${mock.url}/v1/access-tokens?${query}`, { headers })).text();
  }
}

async function open(page: Page, tab: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: tab, exact: true }).click();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
}

const issueAndSee: Step = (bench) =>
  visit(bench, {}, async (page, mock) => {
    await page.getByText("This is a mock of S2.").waitFor();
    await page.locator("dd code", { hasText: mock.rootToken }).waitFor();
    for (const language of ["TypeScript", "Python", "Go", "Rust", "curl"]) {
      await page.getByRole("radio", { name: language }).check();
      assert.ok((await page.locator("pre").textContent())?.includes(mock.rootToken), language);
    }
    await open(page, "Tokens");
    await page.getByText("expires in").waitFor();
    await page.getByText("1 granted without a resource").waitFor();
    const form = page.getByRole("form", { name: "Issue a token" });
    await form.getByLabel("Id", { exact: true }).fill("by-hand");
    await form.getByText("may get-stream-config, check-tail, read").waitFor();
    await form.getByRole("button", { name: "Issue" }).click();
    await page.getByRole("list", { name: "Tokens" }).getByText("by-hand").waitFor();
    const log = page.getByRole("log");
    const entry = log.locator("details", { hasText: "POST /v1/access-tokens 201" });
    await entry.waitFor();
    // By keyboard alone.
    await entry.locator("summary").focus();
    await page.keyboard.press("Enter");
    await entry.getByText("issue_access_token").waitFor();
    assert.ok(mock.tokens().some(({ id }) => id === "by-hand"));
    await page.getByRole("button", { name: "Revoke by-hand" }).click();
    await log.getByText("DELETE").waitFor();
    assert.ok(!mock.tokens().some(({ id }) => id === "by-hand"));
  });

const breakByFault: Step = (bench) =>
  visit(bench, {}, async (page, mock) => {
    await open(page, "Faults");
    const form = page.getByRole("form", { name: "Switch a fault on" });
    await form.getByLabel("Fault").fill("unavailable");
    await form.getByLabel("Operation").selectOption("list_access_tokens");
    await form.getByLabel("Times").fill("2");
    await form.getByRole("button", { name: "Switch on" }).click();
    const on = page.getByRole("list", { name: "Faults that are on" });
    await on.getByText("2 of 2 left").waitFor();
    const { accessTokens } = mock.client({ retry: false });
    await assert.rejects(accessTokens.list(), /unavailable/);
    await page.getByRole("log").getByText("503").waitFor();
    await on.getByText("1 of").waitFor();
    await bench.keep(page, "faults");
    await page.getByRole("button", { name: "Switch off unavailable" }).click();
    await page.getByText("No fault is on.").waitFor();
    await accessTokens.list();
    await form.getByLabel("Fault").fill("no such fault");
    await form.getByRole("button", { name: "Switch on" }).click();
    await page.getByRole("alert").getByText("no such fault").waitFor();
  });

const readVerdict: Step = (bench) =>
  visit(bench, {}, async (page, mock) => {
    await consume(mock);
    const broken = page.locator(".entry.broken");
    await broken.nth(1).waitFor();
    assert.equal(await broken.count(), 2);
    await open(page, "Verdict");
    await page.getByText("1 of 3", { exact: true }).first().waitFor();
    const bars = page.getByRole("progressbar");
    assert.ok((await bars.count()) >= 6);
    await page.getByText("limit: expected at least 0, found -1").first().waitFor();
    await page.getByText("did you mean limit?").waitFor();
    await page.locator("summary", { hasText: "issue_access_token" }).click();
    await page.getByText("scope.basins: prefix").first().waitFor();
    await bench.keep(page, "verdict");
  });

const moveTheClock: Step = (bench) =>
  visit(bench, {}, async (page, mock) => {
    mock.session("other").setClock({ mode: "fixed", at: "2099-12-31T23:30:00Z" });
    await open(page, "Sessions");
    await page.getByRole("radio", { name: "other" }).check();
    await page.locator(".session").getByText("other").waitFor();
    await open(page, "Clock");
    await page.getByText("2099-12-31 23:30:00").waitFor();
    await page.getByRole("button", { name: "+ 1 hour", exact: true }).click();
    await page.getByText("2100-01-01 00:30:00").waitFor();
    await open(page, "Tokens");
    await page.getByText("expired 30 minutes ago").waitFor();
    await open(page, "Sessions");
    await page.getByRole("button", { name: "Reset other" }).click();
    await open(page, "Clock");
    await page.getByText("UTC, real time").waitFor();
    await open(page, "Sessions");
    await page.getByRole("button", { name: "End other" }).click();
    await page.locator(".session").getByText("default").waitFor();
    await page.getByRole("radio", { name: "other" }).waitFor({ state: "detached" });
  });

const callFromTheReference: Step = (bench) =>
  visit(bench, {}, async (page, mock) => {
    await open(page, "Reference");
    await page.locator("summary", { hasText: "GET /access-tokens" }).click();
    await page.getByRole("button", { name: "code=429, example=rate_limited" }).click();
    await page.locator("pre", { hasText: "429" }).waitFor();
    await page.getByRole("button", { name: "Open the reference" }).click();
    const frame = page.frameLocator("iframe");
    const operations = frame.locator(".opblock-summary");
    await operations.first().waitFor();
    assert.equal(await operations.count(), 3);
    assert.equal(await frame.locator(".errors-wrapper, .version-pragma").count(), 0);
    await operations.first().click();
    await frame.getByRole("button", { name: "Try it out" }).click();
    await frame.getByRole("button", { name: "Execute" }).click();
    await frame.locator(".live-responses-table", { hasText: "ci/deploy" }).waitFor();
    const call = mock.journal().at(-1);
    assert.equal(call?.operation, "list_access_tokens");
    assert.equal(call?.status, 200);
    const id = frame.locator("section.models article", { hasText: "AccessTokenIdStr" }).first();
    const type = id.locator(".json-schema-2020-12__attribute--primary").first();
    // Though two strings are excluded.
    assert.equal(await type.textContent(), "string");
  });

const eachScreen = (colorScheme: "light" | "dark", width: number): Step => {
  return (bench) =>
    visit(bench, { colorScheme, viewport: { width, height: 844 } }, async (page, mock) => {
      await consume(mock);
      for (const tab of ["Start", "Tokens", "Faults", "Clock", "Sessions", "Verdict"]) {
        await open(page, tab);
        await page.locator(".entry").first().waitFor();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${tab} is ${wide} pixels wide`);
        await bench.keep(page, `${tab.toLowerCase()}-${colorScheme}-${width}`);
      }
      const [text, ground] = await page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.documentElement);
        return [color, backgroundColor];
      });
      const isDark = luminance(ground) < luminance(text);
      assert.equal(isDark, colorScheme === "dark", `${text} on ${ground}`);
    });
};

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Another API, in an old version, with what only a valid request is answered to. */
const trains = {
  swagger: "2.0",
  info: { title: "Trains & <Trams>", version: "7" },
  basePath: "/v7",
  produces: ["application/json"],
  consumes: ["application/json"],
  securityDefinitions: { basic: { type: "basic" } },
  security: [{ basic: [] }],
  paths: {
    "/trains/{no}": {
      get: {
        operationId: "get_train",
        parameters: [{ name: "no", in: "path", type: "integer", minimum: 3, required: true }],
        responses: {
          200: { description: "It.", examples: { "application/json": { no: 7, cars: 4 } } },
          404: { description: "None.", examples: { "application/json": { lost: true } } },
        },
      },
    },
    "/trains": {
      post: {
        operationId: "build_train",
        parameters: [
          { name: "body", in: "body", required: true, schema: { $ref: "#/definitions/Train" } },
        ],
        responses: { 201: { description: "Built." } },
      },
    },
  },
  definitions: {
    Train: { type: "object", required: ["cars"], properties: { cars: { type: "integer" } } },
  },
};

const serveAnotherApi = (colorScheme: "light" | "dark", width: number): Step => {
  return (bench) =>
    visit(
      bench,
      { colorScheme, viewport: { width, height: 844 } },
      async (page, mock) => {
        await page.getByText("This is a mock of Trains & <Trams> 7.").waitFor();
        assert.equal(await page.title(), "Mock of Trains & <Trams> 7");
        const tabs = await page.getByRole("navigation").getByRole("link").allTextContents();
        assert.deepEqual(tabs, ["Start", "Sessions", "Verdict", "Reference"]);
        for (const language of ["TypeScript", "Python", "Go", "Rust", "curl"]) {
          await page.getByRole("radio", { name: language }).check();
          const text = await page.locator("pre").textContent();
          assert.ok(text?.includes(`${mock.url}/v7/trains/3`), `${language}: ${text}`);
        }
        await open(page, "Reference");
        await page.locator("summary", { hasText: "GET /trains/{no}" }).click();
        await page.getByRole("button", { name: /^code=404/ }).click();
        await page.locator("pre", { hasText: "lost" }).waitFor();
        await page.locator("summary", { hasText: "POST /trains" }).click();
        await page.getByRole("button", { name: "code=201" }).click();
        await page.locator("pre", { hasText: "201" }).waitFor();
        await bench.keep(page, `another-api-${colorScheme}-${width}`);
        assert.deepEqual(
          mock.journal().map(({ status, violation }) => [status, violation]),
          [
            [404, undefined],
            [201, undefined],
          ],
        );
        await (await fetch(`${mock.url}/v7/trains/1`)).text();
        await page.locator(".entry.broken").waitFor();
        await open(page, "Verdict");
        await page.getByText("2 of 2", { exact: true }).first().waitFor();
        for (const tab of tabs) {
          await open(page, tab);
          const text = (await page.locator("body").textContent()) ?? "";
          assert.ok(!/token/i.test(text), `${tab} speaks of tokens`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${tab} is ${wide} pixels wide`);
          await bench.keep(page, `another-api-${tab.toLowerCase()}-${colorScheme}-${width}`);
        }
      },
      { document: trains },
    );
};

/** More requests than the page shows: it stays quick, and shows the newest. */
const followManyRequests: Step = (bench) =>
  visit(bench, {}, async (page, mock) => {
    const headers = { authorization: `Bearer ${mock.rootToken}` };
    const list = async (at: number): Promise<void> => {
      await (await fetch(`${mock.url}/v1/access-tokens?limit=${at}`, { headers })).text();
    };
    await list(1);
    await page.locator(".entry").first().waitFor();
    for (let at = 0; at < 1000; at += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, index) => list(at + index)));
    }
    await list(4711);
    await page.locator(".entry").first().getByText("limit=4711").waitFor();
    assert.ok((await page.locator(".entry").count()) <= 200);
    await page.reload();
    await page.locator(".entry").first().getByText("limit=4711").waitFor();
    await open(page, "Tokens");
    await page.getByText("expires in").waitFor();
  });

/** From tab to tab and through a form without a pointer. */
const useTheKeyboard: Step = (bench) =>
  visit(bench, {}, async (page, mock) => {
    const link = page.getByRole("navigation").getByRole("link", { name: "Tokens", exact: true });
    for (let presses = 0; presses < 10; presses += 1) {
      await page.keyboard.press("Tab");
      if (await link.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.press("Enter");
    const form = page.getByRole("form", { name: "Issue a token" });
    await form.waitFor();
    const id = form.getByLabel("Id", { exact: true });
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press("Tab");
      const outline = await page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null) return "none";
        const { outlineStyle, boxShadow } = getComputedStyle(activeElement);
        return `${outlineStyle} ${boxShadow}`;
      });
      assert.notEqual(outline, "none none", "what has the focus shows it");
      if (await id.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.type("by-keyboard");
    await page.keyboard.press("Enter");
    await page.getByRole("list", { name: "Tokens" }).getByText("by-keyboard").waitFor();
    assert.ok(mock.tokens().some(({ id: one }) => one === "by-keyboard"));
  });

const keepFromOthers: Step = async ({ browser }) => {
  await using mock = await startMock();
  const other = createServer((_, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>other</title>");
  }).listen(0, "127.0.0.1");
  await once(other, "listening");
  try {
    const address = other.address();
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
    const seen = await page.evaluate(async (url) => {
      const script = await new Promise<string>((resolve) => {
        const element = document.createElement("script");
        element.onload = () => resolve("loaded");
        element.onerror = () => resolve("refused");
        element.src = `${url}/__mock/viewer/start.js`;
        document.head.append(element);
      });
      const settings = await fetch(`${url}/__mock/page/settings.json`).then(
        ({ status }) => String(status),
        () => "refused",
      );
      return [script, settings];
    }, mock.url);
    assert.deepEqual(seen, ["refused", "403"]);
    await page.close();
  } finally {
    other.close();
    other.closeAllConnections();
  }
};

/** What a person does on the page, in order. */
export const steps: { readonly [name: string]: Step } = {
  "issue a token, see it in the journal, and revoke it": issueAndSee,
  "break a client by a fault that is switched on": breakByFault,
  "read the verdict, with what violates the contract": readVerdict,
  "move the clock of another session, reset it, and end it": moveTheClock,
  "call from the reference, and choose an answer": callFromTheReference,
  "light, 1280 pixels wide": eachScreen("light", 1280),
  "dark, 1280 pixels wide": eachScreen("dark", 1280),
  "light, 390 pixels wide": eachScreen("light", 390),
  "dark, 390 pixels wide": eachScreen("dark", 390),
  "another API, light, 1280 pixels wide": serveAnotherApi("light", 1280),
  "another API, dark, 390 pixels wide": serveAnotherApi("dark", 390),
  "follow a thousand requests": followManyRequests,
  "issue a token with the keyboard alone": useTheKeyboard,
  "a page of another origin gets neither token": keepFromOthers,
};
