import { open, readFile, realpath, rm, stat } from "node:fs/promises";
import { extname } from "node:path";

/**
 * Reads an object from a file: YAML if its name ends in `.yaml` or `.yml`, otherwise JSON.
 *
 * @throws {TypeError} if it cannot be read. The message does not name the file.
 */
export async function readDataFile(file: string): Promise<object> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new TypeError(inWords(cause), { cause });
  });
  // Some editors start UTF-8 with a byte order mark, which JSON does not allow.
  const value = isYaml(file) ? await parseYaml(text) : parseJson(text.replace(/^\uFEFF/, ""));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(`expected an object in ${isYaml(file) ? "YAML" : "JSON"}`);
}

function isYaml(file: string): boolean {
  return /^\.ya?ml$/i.test(extname(file));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`expected JSON: ${inWords(cause)}`, { cause });
  }
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import("yaml");
  try {
    // The parser allows at most 100 aliases by default, which bounds how far a small file can expand.
    return parse(text);
  } catch (cause) {
    throw new TypeError(`expected YAML: ${inWords(cause)}`, { cause });
  }
}

/**
 * Checks that a file can be written, without changing it.
 *
 * @throws {TypeError} if it cannot be written. The message does not name the file.
 */
export async function checkWritable(file: string): Promise<void> {
  try {
    const found = await stat(file).catch(() => undefined);
    // The reader of a pipe would see the end of its input as soon as this closes it again.
    if (found !== undefined && !found.isFile() && !found.isDirectory()) return;
    // For appending, which does not truncate the file.
    await (await open(file, "a")).close();
    if (found === undefined) await rm(await realpath(file));
  } catch (cause) {
    throw new TypeError(inWords(cause), { cause });
  }
}

const wordsOfCodes: { readonly [code: string]: string } = {
  ENOENT: "no such file or folder",
  EISDIR: "this is a folder",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "access is not permitted",
  EROFS: "the file system is read-only",
};

/** The message of a file error without the file's name, which the caller puts in front. */
export function inWords(cause: unknown): string {
  const known = wordsOfCodes[String(Object(cause).code)];
  return known ?? (cause instanceof Error ? cause.message : String(cause));
}
