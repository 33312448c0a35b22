/** `clientwright init`: finds the document of a project, and writes a configuration and an npm script. */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { configIn } from "./configured.js";
import { readManifest } from "./manifest.js";
import { UsageError } from "./options.js";
import { documentName, shownPath, within } from "./project.js";

const help = `Writes clientwright.config.ts for the OpenAPI document of this project (clientwright.config.json without a
tsconfig.json), and adds a script to package.json. It generates nothing, and overwrites no other file.

  clientwright init    find the document; documents in generated folders do not count
    --spec FILE        use this document
    --out DIR          generate to this folder; default src/api
    --help             print this help
`;

/** Folders that are skipped, because they contain no sources of the project. */
const skipped = /^(?:\.|node_modules$|dist$|build$|out$|coverage$|vendor$|target$)/;

/** Depth of the search for the document, in folders. */
const depth = 5;

function main(args: readonly string[]): number {
  const { values } = parse(args);
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const folder = process.cwd();
  const there = configIn(folder);
  if (there !== undefined) {
    throw new UsageError(`${shownPath(there)} already exists. Edit it, or remove it first`);
  }
  const spec = values.spec ?? theDocument(folder);
  if (!existsSync(spec)) throw new UsageError(`${spec}: no such file`);
  const out = values.out ?? freeFolder(folder, spec);
  const settings = { spec: seenFrom(folder, spec), out: seenFrom(folder, out) };
  const config = isTypeScript(folder) ? "clientwright.config.ts" : "clientwright.config.json";
  writeFileSync(path.join(folder, config), printed(config, settings), { flag: "wx" });
  say(`wrote ${config}: generates ${settings.out} from ${settings.spec}`);
  const script = addScript(path.join(folder, "package.json"));
  say(
    script === undefined
      ? "next: npx clientwright"
      : `package.json has the script ${script}\nnext: npm run ${script}`,
  );
  return 0;
}

function parse(args: readonly string[]): {
  values: { help?: boolean; spec?: string; out?: string };
} {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h" },
        spec: { type: "string" },
        out: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The only document of a project. @throws {UsageError} There is none, or there are several. */
function theDocument(folder: string): string {
  const found = documentsIn(folder, depth);
  const [first, second] = found;
  if (first === undefined) {
    throw new UsageError(
      "found no OpenAPI document in this folder (a .yaml, .yml or .json file that starts with openapi or swagger). Name it: clientwright init --spec FILE",
    );
  }
  if (second === undefined) return first;
  const shown = found.map((file) => `  clientwright init --spec ${seenFrom(folder, file)}`);
  throw new UsageError(`found ${found.length} documents. Choose one:\n${shown.join("\n")}`);
}

function documentsIn(folder: string, levels: number): string[] {
  // The generator writes the bundled document beside the client.
  if (readManifest(folder) !== undefined) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  const files = entries
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/i.test(entry.name))
    .map((entry) => path.join(folder, entry.name))
    .filter(isDocument);
  const folders = entries.filter((entry) => entry.isDirectory() && !skipped.test(entry.name));
  const inner =
    levels === 0
      ? []
      : folders.flatMap((entry) => documentsIn(path.join(folder, entry.name), levels - 1));
  return [...files, ...inner];
}

/** Whether a file declares a version of OpenAPI near its start. */
function isDocument(file: string): boolean {
  const text = startOf(file);
  return (
    /^(?:openapi|swagger)["']?\s*:\s*["']?[23]\./m.test(text) ||
    /^\uFEFF?\s*\{[^{}]*"(?:openapi|swagger)"\s*:\s*"[23]\./.test(text)
  );
}

function startOf(file: string): string {
  const start = Buffer.alloc(4096);
  const opened = openSync(file, "r");
  try {
    return start.toString("utf8", 0, readSync(opened, start));
  } finally {
    closeSync(opened);
  }
}

/** A folder that is missing, empty, or generated from this document. */
function freeFolder(folder: string, spec: string): string {
  const names = ["api", "client", "generated"].map((name) => path.join(folder, "src", name));
  const free = names.find(
    (name) =>
      !existsSync(name) ||
      readdirSync(name).length === 0 ||
      readManifest(name)?.document === documentName(spec, name),
  );
  if (free === undefined)
    throw new UsageError("src/api already contains files: choose a folder with --out DIR");
  return free;
}

/** Whether to write a TypeScript configuration, which imports its types from the installed package. */
function isTypeScript(folder: string): boolean {
  return ["tsconfig.json", path.join("node_modules", "clientwright")].every((name) =>
    existsSync(path.join(folder, name)),
  );
}

function printed(
  config: string,
  settings: { readonly spec: string; readonly out: string },
): string {
  if (config.endsWith(".json")) return `${JSON.stringify(settings, undefined, 2)}\n`;
  const fields = Object.entries(settings).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(value)},\n`,
  );
  return `import { defineConfig } from "clientwright";\n\nexport default defineConfig({\n${fields.join("")}});\n`;
}

/** Adds the script under a free name and returns the name. Changes nothing else in the file. */
function addScript(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  // npm rejects a package.json that is not an object.
  const manifest = JSON.parse(text.replace(/^\uFEFF/, "")) as { scripts?: Record<string, string> };
  const scripts = manifest.scripts ?? {};
  const same = Object.keys(scripts).find((name) => scripts[name] === "clientwright");
  if (same !== undefined) return same;
  const names = ["generate", "generate:client", "generate:clientwright"];
  const name = names.find((one) => scripts[one] === undefined);
  if (name === undefined) return undefined;
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  const changed = { ...manifest, scripts: { ...scripts, [name]: "clientwright" } };
  const printed = `${JSON.stringify(changed, undefined, indent)}\n`;
  writeFileSync(file, text.includes("\r\n") ? printed.replaceAll("\n", "\r\n") : printed);
  return name;
}

function seenFrom(folder: string, file: string): string {
  return (
    within(folder, file) ?? path.relative(folder, path.resolve(file)).split(path.sep).join("/")
  );
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  const isExpected = error instanceof UsageError || (error instanceof Error && "syscall" in error);
  const text = isExpected ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
