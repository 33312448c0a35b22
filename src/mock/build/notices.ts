import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  /** The form before `license`, which some old packages still have. */
  readonly licenses?: readonly { readonly type: string }[];
}

const rule = "-".repeat(80);

/**
 * The notices that the licenses of bundled packages ask for.
 *
 * @param inputs - files that went into the bundle, relative to the folder of the project
 * @throws {Error} a package does not say under which license it may be passed on.
 */
export async function notices(root: string, inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.flatMap((input) => packageFolder(input) ?? []));
  const parts = await Promise.all([...folders].sort().map((folder) => notice(join(root, folder))));
  return `The files of this folder contain the following packages, each under its own license.\n\n${parts.join("\n")}`;
}

/** The folder of the package that a file belongs to; the innermost, where packages have packages. */
function packageFolder(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(
    input.replace(/^[\w-]+:(?!.*:)/, ""),
  )?.[0];
}

async function notice(folder: string): Promise<string> {
  // Every package on the registry has these.
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
  const { name, version, licenses = [] } = manifest;
  const license = manifest.license ?? licenses.map(({ type }) => type).join(" or ");
  if (license === "") throw new Error(`${name} ${version} names no license`);
  const names = await readdir(folder);
  const papers = names.filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(papers.map((paper) => readFile(join(folder, paper), "utf8")));
  return [
    rule,
    `${name} ${version} (${license})`,
    "",
    ...texts.map((text) => `${text.trim()}\n`),
  ].join("\n");
}
