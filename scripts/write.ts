import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  filesIn,
  hash,
  isGenerated,
  type Manifest,
  manifestName,
  readManifest,
  strays,
} from "./manifest.js";
import type { OutputFile } from "./print/source.js";

/** The output folder cannot be written to. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** The changes of a run in the output folder. */
export interface Changes {
  readonly added: readonly OutputFile[];
  readonly changed: readonly OutputFile[];
  readonly unchanged: readonly string[];
  /** Files of an earlier run that are no longer generated. */
  readonly removed: readonly string[];
  /** Files that the generator did not write. They are kept, and `--check` fails on them. */
  readonly foreign: readonly string[];
}

/** Compares generated files with those in the output folder. */
export function compare(out: string, files: readonly OutputFile[]): Changes {
  const wanted = new Set(files.map((file) => file.path));
  const others = list(out).filter((file) => !wanted.has(file));
  const manifest = readManifest(out);
  const written = new Set(
    manifest === undefined
      ? []
      : [
          ...Object.keys(manifest.outputs).filter((file) => isWritten(out, file, manifest)),
          ...strays(out, manifest),
        ],
  );
  const added: OutputFile[] = [];
  const changed: OutputFile[] = [];
  const unchanged: string[] = [];
  for (const file of files) {
    if (!existsSync(path.join(out, file.path))) added.push(file);
    else if (existing(out, file.path) === file.text) unchanged.push(file.path);
    else changed.push(file);
  }
  return {
    added,
    changed,
    unchanged,
    removed: others.filter((file) => written.has(file)),
    foreign: others.filter((file) => !written.has(file)),
  };
}

/**
 * Whether the generator wrote a file: it has the header of generated files, or it cannot have one and still has the hash
 * in the manifest. The manifest alone is no proof, because it could name files of the user.
 */
function isWritten(out: string, file: string, manifest: Manifest): boolean {
  const text = existing(out, file);
  return isGenerated(text) || (withoutHeader.has(file) && hash(text) === manifest.outputs[file]);
}

/** Outputs that have no header. */
const withoutHeader: ReadonlySet<string> = new Set(["openapi.json", "openapi.yaml"]);

/** The text of a file in the output folder; `""` if it does not exist. */
export function existing(out: string, file: string): string {
  const target = path.join(out, file);
  return existsSync(target) && statSync(target).isFile() ? readFileSync(target, "utf8") : "";
}

/**
 * Writes changes. All new files are complete, under temporary names, before the first one is renamed, and the manifest
 * is renamed last. An interrupted run thus leaves whole files, and the next run finds the manifest outdated.
 *
 * @throws {OutputError} The folder contains files that the generator did not write. Nothing was written.
 */
export async function writeChanges(out: string, changes: Changes): Promise<void> {
  refuseStrangers(out, changes);
  const files = [...changes.added, ...changes.changed].sort(
    (left, right) => Number(left.path === manifestName) - Number(right.path === manifestName),
  );
  const moves = files.map((file) => {
    const target = path.join(out, file.path);
    const folder = path.dirname(target);
    const name = `.${path.basename(target)}.${process.pid}.new`;
    return { text: file.text, target, folder, temporary: path.join(folder, name) };
  });
  const waiting = new Set(moves.map(({ temporary }) => temporary));
  const move = async ({ temporary, target }: (typeof moves)[number]): Promise<void> => {
    await rename(temporary, target);
    waiting.delete(temporary);
  };
  try {
    for (const folder of new Set(moves.map((one) => one.folder))) {
      await mkdir(folder, { recursive: true });
      refuseOutside(out, folder);
    }
    // Do not flush each file to the disk, which would take most of the time. After a power failure, a damaged file
    // does not have the hash in the manifest, so that the next run writes it again.
    await inTurns(moves, ({ temporary, text }) => writeFile(temporary, text));
    await inTurns(moves.slice(0, -1), move);
    for (const file of changes.removed) await rm(path.join(out, file));
    for (const one of moves.slice(-1)) await move(one);
  } finally {
    for (const temporary of waiting) await rm(temporary, { force: true });
    for (const file of leftovers(out)) await rm(path.join(out, file), { force: true });
  }
}

/** Runs a limited number of tasks at the same time, because more would only wait for the disk. */
async function inTurns<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const queue = [...things];
  const next = async (): Promise<void> => {
    for (let thing = queue.pop(); thing !== undefined; thing = queue.pop()) await work(thing);
  };
  await Promise.all(Array.from({ length: 8 }, next));
}

/** Throws if a change would overwrite a file that the generator did not write. */
function refuseStrangers(out: string, changes: Changes): void {
  const manifest = readManifest(out);
  const isOurs = (file: OutputFile): boolean =>
    (file.path === manifestName && isManifest(existing(out, manifestName))) ||
    (withoutHeader.has(file.path) && manifest?.outputs[file.path] !== undefined) ||
    isGenerated(existing(out, file.path));
  const foreign = manifest === undefined ? changes.foreign : [];
  const found = [
    ...changes.changed.filter((file) => !isOurs(file)).map((file) => file.path),
    ...foreign,
  ];
  if (found.length === 0) return;
  const some = `${found.slice(0, 5).join(", ")}${found.length > 5 ? ", …" : ""}`;
  throw new OutputError(
    `${out} contains files that were not generated: ${some}. Move them, or choose another folder`,
  );
}

/** Whether a text is our manifest, even one with merge conflicts. A `manifest.json` can also be that of a web application. */
function isManifest(text: string): boolean {
  return ["document", "generator", "outputs"].every((name) => text.includes(`"${name}":`));
}

/** Throws if a symbolic link leads out of the output folder. */
function refuseOutside(out: string, folder: string): void {
  const relative = path.relative(realpathSync(out), realpathSync(folder));
  if (relative.startsWith("..") || path.isAbsolute(relative)) {
    throw new OutputError(`${folder} is a link that leads out of ${out}`);
  }
}

/** Names of temporary files. The number is the id of the process that writes the file. */
const temporaryName = /(^|\/)\.[^/]+\.(\d+)\.new$/;

/** Temporary files of processes that no longer run. */
function leftovers(out: string): string[] {
  return everything(out).filter((file) => {
    const writer = temporaryName.exec(file)?.[2];
    return writer !== undefined && !isRunning(Number(writer));
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function list(folder: string): string[] {
  return everything(folder).filter((file) => !temporaryName.test(file));
}

function everything(folder: string): string[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isDirectory())
    throw new OutputError(`${folder} is not a folder`);
  return filesIn(folder);
}
