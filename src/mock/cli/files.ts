import { open, readFile, realpath, rm, stat } from "node:fs/promises";
import { extname } from "node:path";

/**
 * Reads a file of JSON, or of YAML where its name says so.
 *
 * @throws {TypeError} it cannot be read; the message says what is wrong, but not with which file.
 */
export async function readDataFile(file: string): Promise<object> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new TypeError(inWords(cause), { cause });
  });
  // Some editors mark UTF-8 by a first character, which is none of JSON.
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
    // By default it takes no more than a hundred aliases, so that a small file stays small.
    return parse(text);
  } catch (cause) {
    throw new TypeError(`expected YAML: ${inWords(cause)}`, { cause });
  }
}

/**
 * Makes sure that a file can be written, and leaves it as it is.
 *
 * @throws {TypeError} it cannot be; the message says what is wrong, but not with which file.
 */
export async function checkWritable(file: string): Promise<void> {
  try {
    const found = await stat(file).catch(() => undefined);
    // Who reads from a pipe would take an opening for the text.
    if (found !== undefined && !found.isFile() && !found.isDirectory()) return;
    // For appending, so that nothing is cut off.
    await (await open(file, "a")).close();
    if (found === undefined) await rm(await realpath(file));
  } catch (cause) {
    throw new TypeError(inWords(cause), { cause });
  }
}

const wordsOfCodes: { readonly [code: string]: string } = {
  ENOENT: "no such file or folder",
  EISDIR: "this is a folder",
  ENOTDIR: "something in its path is no folder",
  EACCES: "access is not permitted",
  EROFS: "the file system cannot be written to",
};

/** What went wrong, without the name of the file, which the message of Node.js has again. */
export function inWords(cause: unknown): string {
  const known = wordsOfCodes[String(Object(cause).code)];
  return known ?? (cause instanceof Error ? cause.message : String(cause));
}
