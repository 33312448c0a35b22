import { open, readFile, realpath, rm, stat } from "node:fs/promises";
import { extname } from "node:path";

/**
 * Reads a JSON file.
 *
 * @throws {TypeError} it cannot be read, or is no JSON; the message says what is wrong, but not with which file.
 */
export async function readJsonFile(file: string): Promise<object> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new TypeError(inWords(cause), { cause });
  });
  let value: unknown;
  try {
    // Some editors mark UTF-8 by a first character, which is none of JSON.
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const isYaml = /^\.ya?ml$/i.test(extname(file));
    const words = isYaml
      ? `expected JSON, found YAML; npx @redocly/cli bundle ${file} --output openapi.json makes JSON of it`
      : `expected JSON: ${inWords(cause)}`;
    throw new TypeError(words, { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError("expected an object in JSON");
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
