import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
  /** The form before `license`, which some old packages still have. */
  readonly licenses?: readonly { readonly type: string }[];
}

const rule = "-".repeat(80);

/** Licenses that let us pass a package on under the MIT license with its notice. */
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
 * The notices that the licenses of bundled packages ask for.
 *
 * @param inputs - files that went into the bundle, relative to the folder of the project
 * @throws {Error} a package names no license, one that is not permissive, or one whose text is missing.
 */
export async function notices(root: string, inputs: readonly string[]): Promise<string> {
  const folders = packageFolders(inputs);
  const parts = await Promise.all(folders.map((folder) => notice(join(root, folder))));
  return `The files of this folder contain the following packages, each under its own license.\n\n${parts.join("\n")}`;
}

/** The folder of the package that a file belongs to; the innermost, where packages have packages. */
function packageFolder(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(
    input.replace(/^[\w-]+:(?!.*:)/, ""),
  )?.[0];
}

/** The packages that files belong to, by their folders in the order of their names. */
export function packageFolders(inputs: readonly string[]): readonly string[] {
  return [...new Set(inputs.flatMap((input) => packageFolder(input) ?? []))].sort();
}

/**
 * The notice of one package.
 *
 * @throws {Error} it names no license, or one whose text is missing.
 */
export async function notice(folder: string): Promise<string> {
  // Every package on the registry has these.
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
  const { name, version, licenses = [] } = manifest;
  const license = manifest.license ?? licenses.map(({ type }) => type).join(" or ");
  if (license === "") throw new Error(`${name} ${version} names no license`);
  if (!isPermissive(license)) {
    throw new Error(`${name} ${version} has the license ${license}, so it cannot be bundled`);
  }
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const papers = names.filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(papers.map((paper) => readFile(join(folder, paper), "utf8")));
  if (texts.length === 0) texts.push(await textWithoutPaper(folder, names, manifest, license));
  return [
    rule,
    `${name} ${version} (${license})`,
    "",
    ...texts.map((text) => `${text.trim()}\n`),
  ].join("\n");
}

/** Some packages have the text of their license in the README, and some name it only. */
async function textWithoutPaper(
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
  if (license !== "MIT") throw new Error(`${name} names the license ${license} without its text`);
  const stated = lines.find((line) => /copyright|©/i.test(line));
  const holder = typeof author === "string" ? author : (author?.name ?? `the authors of ${name}`);
  return `${stated?.trim() ?? `Copyright (c) ${holder}`}\n\n${mit}`;
}

/** The text of the Apache License 2.0, which names no holder: any package under it has the same. */
const apache = createRequire(import.meta.url).resolve("swagger-ui-dist/LICENSE");

/** The terms of the MIT license, as SPDX has them. */
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
