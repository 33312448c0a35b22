/**
 * Drives the mock's page and the site in Chromium, as a person does: `npm run test:browser`. Where there is no Chromium it is skipped,
 * with its reason; with `-- --require` that is a failure. `-- --screenshots FOLDER` keeps what was seen.
 */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { siteSteps } from "./site-steps.js";
import { steps as mockSteps } from "./steps.js";

const steps = { ...mockSteps, ...siteSteps };

const { values } = parseArgs({
  options: { require: { type: "boolean" }, screenshots: { type: "string" } },
});
const places = [
  process.env["CHROMIUM_PATH"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = places.find((file) => file !== "" && existsSync(file));

if (executablePath === undefined) {
  console.log(
    "skipped: there is no Chromium; install one (Debian: apt-get install chromium), or set CHROMIUM_PATH",
  );
  process.exitCode = values.require === true ? 1 : 0;
} else {
  if (values.screenshots !== undefined) mkdirSync(values.screenshots, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  let failed = 0;
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step({
        browser,
        keep: async (page, file) => {
          if (values.screenshots === undefined) return;
          await page.screenshot({ path: path.join(values.screenshots, `${file}.png`) });
        },
      });
      console.log(`passed  ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n${error instanceof Error ? error.stack : error}`);
    }
  }
  await browser.close();
  console.log(`${Object.keys(steps).length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
