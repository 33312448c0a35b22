/** Determines the options of all documents, from flags and from a configuration. */
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { loadConfig } from "./load-config.js";
import {
  type CommandLine,
  documentForms,
  type Options,
  type Settings,
  toOptions,
  UsageError,
} from "./options.js";
import { isOutside, shownPath } from "./project.js";

/** File names of a configuration, in search order. */
const configNames: readonly string[] = ["ts", "mts", "js", "mjs", "json"].map(
  (ending) => `clientwright.config.${ending}`,
);

/** The configuration in a folder; `undefined` if there is none. */
export function configIn(folder: string): string | undefined {
  return configNames.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

/**
 * The options of all documents.
 *
 * @throws {UsageError} There is neither a document nor a configuration, or a field is invalid. The message names it.
 */
export async function configuredOptions(
  given: CommandLine & Pick<Options, "mode">,
): Promise<readonly Options[]> {
  const { flags, config } = given;
  const file =
    config === undefined
      ? flags.spec === undefined
        ? configIn(process.cwd())
        : undefined
      : path.resolve(config);
  if (file === undefined) {
    if (flags.spec !== undefined) return [toOptions(given, flags, process.cwd(), false)];
    throw new UsageError(
      "no document: give --spec FILE --out DIR, or run clientwright init, which looks for one",
    );
  }
  const name = shownPath(file);
  if (!existsSync(file)) throw new UsageError(`${name}: no such configuration`);
  const documents = documentsOf(await loadConfig(file), name);
  const [, second] = documents;
  if (second !== undefined && (flags.spec ?? flags.out) !== undefined) {
    throw new UsageError(
      `${name} has ${documents.length} documents: --spec and --out need a configuration with one document`,
    );
  }
  const folder = path.dirname(file);
  const all = documents.map(([field, settings]) => {
    if (flags.out === undefined) refuseOutside(folder, settings.out, `${name}: ${field}out`);
    return toOptions(given, withFlags(settings, flags), folder, true);
  });
  refuseNested(all);
  return all;
}

/** Overrides settings by flags, whose paths are relative to the current folder. */
function withFlags(settings: Settings, flags: Settings): Settings {
  const here = (file: string | undefined): string | undefined =>
    file === undefined ? undefined : path.resolve(file);
  const isPath = flags.runtime?.startsWith(".") === true;
  const own = {
    ...flags,
    spec: here(flags.spec),
    out: here(flags.out),
    runtime: isPath ? here(flags.runtime) : flags.runtime,
  };
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(given) };
}

/** Throws if the output folder of a configuration is outside of its folder. Only the flag `--out` may do that. */
function refuseOutside(folder: string, out: string | undefined, field: string): void {
  if (out === undefined) return;
  const target = path.resolve(folder, out);
  const real = path.relative(realpathSync(folder), realPlace(target));
  const isInside = (relative: string): boolean => relative !== "" && !isOutside(relative);
  if (isInside(path.relative(folder, target)) && isInside(real)) return;
  throw new UsageError(
    `${field}: ${JSON.stringify(out)} is not inside the folder of the configuration. Choose a folder inside it, or use --out`,
  );
}

/** Resolves symbolic links in a path, even if its last parts do not exist yet. */
function realPlace(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  const parent = path.dirname(file);
  return parent === file ? file : path.join(realPlace(parent), path.basename(file));
}

/** Throws if output folders overlap: two clients would remove each other's files. Ignores case, as some file systems do. */
function refuseNested(all: readonly Options[]): void {
  for (const [index, { out }] of all.entries()) {
    for (const other of all.slice(index + 1)) {
      const [one, two] = [out.toLowerCase(), other.out.toLowerCase()];
      if (isOutside(path.relative(one, two)) && isOutside(path.relative(two, one))) continue;
      throw new UsageError(
        `${shownPath(out)} and ${shownPath(other.out)}: each document needs a folder of its own`,
      );
    }
  }
}

/** The documents of a configuration, each with the prefix of its fields for messages. */
function documentsOf(config: unknown, name: string): (readonly [string, Settings])[] {
  const members = objectOf(config, `${name}: the configuration`);
  const { documents } = members;
  if (documents === undefined) return [["", settingsOf(members, name, "")]];
  const [other] = Object.keys(members).filter((key) => key !== "documents");
  if (other !== undefined) {
    throw new UsageError(
      `${name}: ${other} next to documents: move it into each document that needs it`,
    );
  }
  if (!Array.isArray(documents) || documents.length === 0) {
    throw new UsageError(`${name}: documents: expected a list with at least one document`);
  }
  return documents.map((one: unknown, index) => {
    const field = `documents[${index}]`;
    return [`${field}.`, settingsOf(objectOf(one, `${name}: ${field}`), name, `${field}.`)];
  });
}

const flag = (value: unknown): boolean => typeof value === "boolean";
const text = (value: unknown): boolean => typeof value === "string" && value !== "";
const texts = (value: unknown): boolean => Array.isArray(value) && value.every(text);
const form = (value: unknown): boolean => flag(value) || documentForms.some((one) => one === value);

/** The check of each field, and its description for messages. */
const fields: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  spec: [text, "the path of a document"],
  out: [text, "the path of a folder"],
  runtime: [text, "copy, package, or a folder that starts with ./ or ../"],
  document: [form, `${documentForms.join(", ")}, or false`],
  strict: [flag, "true or false"],
  fetchRefs: [flag, "true or false"],
  include: [texts, "a list of tags and path patterns"],
  exclude: [texts, "a list of tags and path patterns"],
};

function settingsOf(
  members: Readonly<Record<string, unknown>>,
  name: string,
  start: string,
): Settings {
  for (const [key, value] of Object.entries(members)) {
    const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (known === undefined) {
      throw new UsageError(
        `${name}: ${start}${key}: no such field; the fields are ${Object.keys(fields).join(", ")}`,
      );
    }
    const [takes, words] = known;
    if (value !== undefined && !takes(value)) {
      throw new UsageError(
        `${name}: ${start}${key}: expected ${words}, found ${JSON.stringify(value)}`,
      );
    }
  }
  for (const key of ["spec", "out"]) {
    if (members[key] === undefined) {
      throw new UsageError(`${name}: ${start}${key} is missing: ${fields[key]?.[1]}`);
    }
  }
  // Every field was checked above.
  return members as Settings;
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(
      `${what} is ${JSON.stringify(value) ?? typeof value} instead of an object`,
    );
  }
  return { ...value };
}
