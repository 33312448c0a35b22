/** `npm run docs`: writes the site. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildSite } from "./build.js";

const help = `Usage: npm run docs [-- --out FOLDER] [--repository URL]

Writes the site: the guides, the reference and the TypeScript API, as files that any web server can serve and that
open from the disk. It asks no other host for anything.

  --out FOLDER      where to write it; what is there is deleted. Default: .tmp/site
  --repository URL  address of the repository's files in a browser, such as https://github.com/OWNER/NAME/blob/main.
                    Without it, links to files that are no pages become plain text
  --help            show this`;

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
