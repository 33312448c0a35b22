/** `npm run docs`: writes the site. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildSite } from "./build.js";

const help = `Usage: npm run docs [-- --out FOLDER] [--repository URL]

Builds the site: the guides, the reference and the TypeScript API. You can open the files from disk or serve them
with any web server. They load nothing from other hosts.

  --out FOLDER      folder to write to; its contents are deleted first. Default: .tmp/site
  --repository URL  URL of the repository's files in a browser, such as https://github.com/OWNER/NAME/blob/main.
                    Without it, links to files that are not pages become plain text
  --help            print this help`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: ".tmp/site" },
      repository: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${help}\n`);
    return;
  }
  const files = await buildSite(values.repository);
  rmSync(values.out, { recursive: true, force: true });
  mkdirSync(values.out, { recursive: true });
  for (const { path: name, text } of files) writeFileSync(path.join(values.out, name), text);
  process.stdout.write(`${files.length} files in ${values.out}; open ${values.out}/index.html\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`npm run docs: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
