import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
  /** The predecessor of `license`, which some old packages still have. */
  readonly licenses?: readonly { readonly type: string }[];
}

const rule = "-".repeat(80);

/** Licenses under which we may redistribute a package with its notice. */
const permissive: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "Unlicense",
]);

/** Whether a package may be bundled: one of the licenses that it offers is permissive. */
export function isPermissive(license: string): boolean {
  const choices = license.replaceAll(/[()]/g, "").split(/ or /i);
  return choices.some((choice) => choice.split(/ and /i).every((one) => permissive.has(one)));
}

/**
 * Collects the notices that the licenses of bundled packages require.
 *
 * @param inputs - files that went into the bundle, relative to the project's folder
 * @throws {Error} if a package has no license, one that is not permissive, or one whose text is missing.
 */
export async function notices(root: string, inputs: readonly string[]): Promise<string> {
  const folders = packageFolders(inputs);
  const parts = await Promise.all(folders.map((folder) => notice(join(root, folder))));
  return `The files of this folder contain the following packages, each under its own license.\n\n${parts.join("\n")}`;
}

/** The folder of the package that a file belongs to; the innermost one of nested packages. */
function packageFolder(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(
    input.replace(/^[\w-]+:(?!.*:)/, ""),
  )?.[0];
}

/** The folders of the packages that files belong to, sorted and each once. */
export function packageFolders(inputs: readonly string[]): readonly string[] {
  return [...new Set(inputs.flatMap((input) => packageFolder(input) ?? []))].sort();
}

/**
 * The notice of one package.
 *
 * @throws {Error} if it has no license, one that is not permissive, or one whose text is missing.
 */
export async function notice(folder: string): Promise<string> {
  // Every package on the registry has a name and a version.
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
  const { name, version, licenses = [] } = manifest;
  const license = manifest.license ?? licenses.map(({ type }) => type).join(" or ");
  if (license === "") throw new Error(`${name} ${version} has no license`);
  if (!isPermissive(license)) {
    throw new Error(`${name} ${version} has the license ${license}, so it cannot be bundled`);
  }
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const files = names.filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  if (texts.length === 0) texts.push(await textWithoutFile(folder, names, manifest, license));
  return [
    rule,
    `${name} ${version} (${license})`,
    "",
    ...texts.map((text) => `${text.trim()}\n`),
  ].join("\n");
}

/** The license text of a package without a license file: from its README, or the standard text. */
async function textWithoutFile(
  folder: string,
  names: readonly string[],
  { name, author }: Manifest,
  license: string,
): Promise<string> {
  const readme = names.find((file) => /^readme/i.test(file));
  const text = readme === undefined ? "" : await readFile(join(folder, readme), "utf8");
  const lines = text.split("\n");
  const start = lines.findIndex((line) => /^#* ?licen[cs]e/i.test(line));
  const section = lines.slice(Math.max(start, 0)).join("\n");
  if (start >= 0 && section.includes("Permission is hereby granted")) return section;
  if (license === "Apache-2.0") return await readFile(apache, "utf8");
  if (license !== "MIT") throw new Error(`${name} has the license ${license}, but not its text`);
  const stated = lines.find((line) => /copyright|©/i.test(line));
  const holder = typeof author === "string" ? author : (author?.name ?? `the authors of ${name}`);
  return `${stated?.trim() ?? `Copyright (c) ${holder}`}\n\n${mit}`;
}

/** A file with the text of the Apache License 2.0, which is the same for all packages. */
const apache = createRequire(import.meta.url).resolve("swagger-ui-dist/LICENSE");

/** The terms of the MIT license, as in SPDX. */
const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
