/** `clientwright init`: finds the document of a project, and writes the configuration and an npm script. */
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
import { UsageError } from "./options.js";
import { shownPath, within } from "./project.js";

const help = `Finds the OpenAPI document of this project, and writes clientwright.config.ts (or .json) and an npm script.

  clientwright init              look for the document
  clientwright init --spec FILE  take this one
  clientwright init --out DIR    generate to this folder, not to src/api

Nothing is generated yet, and no file that is there is overwritten; package.json gets one script.
`;

/** Folders with nothing that a person wrote for this project. */
const skipped = /^(?:\.|node_modules$|dist$|build$|out$|coverage$|vendor$|target$)/;

/** How deep the document is looked for, in folders. */
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
    throw new UsageError(`${shownPath(there)} is there already; change it, or remove it first`);
  }
  const spec = values.spec ?? theDocument(folder);
  if (!existsSync(spec)) throw new UsageError(`${spec}: no such file`);
  const out = values.out ?? freeFolder(folder);
  const settings = { spec: seenFrom(folder, spec), out: seenFrom(folder, out) };
  const config = isTypeScript(folder) ? "clientwright.config.ts" : "clientwright.config.json";
  writeFileSync(path.join(folder, config), printed(config, settings), { flag: "wx" });
  say(`wrote ${config}: ${settings.spec} goes to ${settings.out}`);
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

/** The one document of a project. */
function theDocument(folder: string): string {
  const found = documentsIn(folder, depth);
  const [first, second] = found;
  if (first === undefined) {
    throw new UsageError(
      "there is no OpenAPI document in this folder (a .yaml, .yml or .json file that begins with openapi or swagger). Give it: clientwright init --spec FILE",
    );
  }
  if (second === undefined) return first;
  const shown = found.map((file) => `  clientwright init --spec ${seenFrom(folder, file)}`);
  throw new UsageError(`there are ${found.length} documents; say which:\n${shown.join("\n")}`);
}

function documentsIn(folder: string, levels: number): string[] {
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

/** Whether a file says a version of OpenAPI near its start, as documents do. */
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

/** A folder that nothing of somebody else lies in. */
function freeFolder(folder: string): string {
  const names = ["api", "client", "generated"].map((name) => path.join(folder, "src", name));
  const free = names.find((name) => !existsSync(name) || readdirSync(name).length === 0);
  if (free === undefined) throw new UsageError("src/api is taken: give a folder with --out DIR");
  return free;
}

/** A TypeScript configuration needs the package to have its types from. */
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

/** Adds the script under a name that is free, and changes nothing else in the file. */
function addScript(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  // npm takes no package.json that is no object.
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
  const isTold = error instanceof UsageError || (error instanceof Error && "syscall" in error);
  const text = isTold ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
