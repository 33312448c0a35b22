import { existsSync, statSync } from "node:fs";
import path from "node:path";
import {
  type BundleResult,
  bundle,
  type Config,
  createConfig,
  type Document,
  lint,
  lintDocument,
  loadConfig,
  YamlParseError,
} from "@redocly/openapi-core";
import type { Json } from "../model/api.js";
import { canonical, isObject } from "./canonical.js";
import { showData } from "./data.js";
import { withoutEmpty } from "./empty.js";
import { checkExtensions } from "./extensions.js";
import { findingOf, problemOf, withoutDerived } from "./findings.js";
import { isUrl, type Locator, placeOf, printPlace } from "./locate.js";
import { Node } from "./node.js";
import { type Finding, type Problem, Problems, SpecError, toProblem } from "./problem.js";
import { referenceFindings, settleReferences } from "./references.js";
import { rulesName } from "./rules-name.js";
import { SourceResolver } from "./source.js";
import { isKnownVersion, normalize, versionOf, versions } from "./versions/normalize.js";
import type { Note } from "./versions/openapi-3.js";

/** A document that was linted, bundled, converted to OpenAPI 3.1 and sorted canonically. */
export interface LoadedSpec {
  /** One JSON object. Every `$ref` points into the document itself. */
  readonly document: Json;
  /** The version of the root file: `3.0.3`. */
  readonly version: string;
  /** Absolute paths of all files that were read, with the linter's configuration, and URLs that were fetched. */
  readonly files: readonly string[];
  /** Errors in the sources. The document can be read nevertheless, so the model may report more. */
  readonly errors: readonly Problem[];
  /** Problems of the converted document. The model finds out which operations they affect. */
  readonly findings: readonly Finding[];
  /** Warnings of the linter, by the configuration next to the document. */
  readonly warnings: readonly Problem[];
  /** Finds a place of the document in its sources. */
  readonly locate: Locator;
}

/** Options for loading a document. */
export interface LoadOptions {
  /** Whether every linter error counts, by the rules of a `redocly.yaml` next to the document. Default: true. */
  readonly strict?: boolean;
  /** Whether to fetch a `$ref` to a URL. Otherwise it is an error. Default: false. */
  readonly urls?: boolean;
}

const anyDocument = `a document of ${versions}, in YAML or JSON`;

/**
 * Reads a document with all its files.
 *
 * With `strict`, the linter uses the rules of a `redocly.yaml` next to the document, and each of its errors is an
 * error. Without it, the document is checked against the specification only, and problems that no client would notice
 * are warnings.
 *
 * @throws {SpecError} The file is missing, cannot be parsed, or has an unknown version.
 */
export async function readSpec(file: string, options: LoadOptions = {}): Promise<LoadedSpec> {
  const { strict = true, urls = false } = options;
  const root = path.resolve(file);
  refuseNoFile(file, root);
  const configFile = path.join(path.dirname(root), rulesName);
  const hasRules = strict && existsSync(configFile);
  const spec = await createConfig({ extends: ["spec"] });
  const config = hasRules ? await loadConfig({ configPath: configFile }) : spec;
  const resolver = new SourceResolver(config, { folder: path.dirname(root), urls });
  try {
    const read = await resolver.resolveDocument(null, root, true);
    const version = checkVersion(read);
    if (!(read instanceof Error)) await settleReferences(resolver, read);
    const linted = strict ? await lint({ ref: root, config, externalRefResolver: resolver }) : [];
    const bundled = await bundle({ ref: root, config, externalRefResolver: resolver });
    if (bundled.problems.some(({ severity }) => severity === "error")) {
      await refuseUnreadable(resolver, root);
    }
    const errors = [...linted, ...(strict ? bundled.problems : [])]
      .filter(({ severity }) => severity === "error")
      .map(problemOf);

    // Redocly types the parsed document as `any`. The resolver has checked that it is JSON data.
    const source = bundled.bundle.parsed as Json;
    const findings: Finding[] = [];
    const note: Note = (at, found, supported) => {
      findings.push({ at, found, supported, severity: "warning" });
    };
    // Under strict, the linter reports keys without a value.
    const emptied = strict ? undefined : withoutEmpty(source, note);
    const { document, origin } = normalize(emptied?.document ?? source, note);
    findings.push(...referenceFindings(document, strict));
    const sourceOf = (at: readonly string[]): readonly string[] =>
      emptied === undefined ? origin(at) : emptied.origin(origin(at));
    const locate: Locator = (at) => resolver.places.locate(source, sourceOf(at.map(String)));
    if (!strict) {
      const told = new Map(bundled.problems.map(problemOf).map((one) => [one.source, one.found]));
      const found = await check(document, bundled, spec, resolver);
      // Look up places only for what the bundler has told: this parses the whole file again.
      const toldAt = (at: readonly string[]): string | undefined =>
        told.size === 0 ? undefined : told.get(locate(at));
      findings.push(...found.map((one) => withReference(one, document, toldAt)));
    }
    const shown = canonical(showData(document));
    const problems = new Problems();
    checkExtensions(new Node(shown), problems);
    const extensions = problems.all("error").map((one) => toProblem(one, locate));
    return {
      document: shown,
      version,
      files: [
        // A file that is missing may be there in the next run; nothing else that was refused is an input.
        ...[...bundled.fileDependencies].filter(
          (one) => !resolver.refused.has(one) || (!isUrl(one) && !existsSync(one)),
        ),
        ...(hasRules ? [configFile] : []),
      ],
      errors: [...withoutDerived(errors), ...extensions],
      findings,
      warnings: linted.filter(({ severity }) => severity === "warn").map(problemOf),
      locate,
    };
  } catch (error) {
    throw specErrorOf(error, root);
  }
}

/**
 * Like {@link readSpec}, but throws if the sources have errors.
 *
 * @throws {SpecError} with every error of the sources
 */
export async function loadSpec(file: string, options: LoadOptions = {}): Promise<LoadedSpec> {
  const loaded = await readSpec(file, options);
  if (loaded.errors.length > 0) throw new SpecError(loaded.errors);
  return loaded;
}

function refuseNoFile(file: string, root: string): void {
  if (isUrl(file) && !/^[a-z]:[\\/]/i.test(file)) {
    const supported = "a file: download the document first";
    throw new SpecError([{ pointer: file, found: "a URL", supported }]);
  }
  const stats = statSync(root, { throwIfNoEntry: false });
  if (stats?.isFile()) return;
  const found =
    stats === undefined ? "no such file" : stats.isDirectory() ? "a folder" : "not a regular file";
  throw new SpecError([{ pointer: file, found, supported: anyDocument }]);
}

/** Returns the version of a document. @throws {SpecError} It is missing or not supported. */
function checkVersion(read: Document | Error): string {
  if (read instanceof Error) throw read;
  const { source, parsed } = read;
  // Redocly types the parsed document as `any`. The resolver has checked that it is JSON data.
  const document = parsed as Json | undefined;
  const version = document === undefined ? undefined : versionOf(document);
  if (version !== undefined && isKnownVersion(version) && isUnderItsKey(document, version)) {
    return version;
  }
  const key = isObject(document) && document["openapi"] !== undefined ? "openapi" : "swagger";
  const found =
    version !== undefined
      ? `version ${version}${isKnownVersion(version) ? ` under the key ${key}` : ""}`
      : isObject(document)
        ? "a document without a version: it has neither openapi nor swagger at its root"
        : `${Array.isArray(document) ? "an array" : JSON.stringify(document ?? null).slice(0, 80)} instead of an object`;
  const pointer = version === undefined ? "#" : `#/${key}`;
  const place = printPlace(source, pointer);
  const supported = `${versions}: the key openapi or, for 2.0, swagger`;
  throw new SpecError([{ pointer, source: place, found, supported }]);
}

/** Swagger 2.0 says its version under a key of its own. */
function isUnderItsKey(document: Json | undefined, version: string): boolean {
  return isObject(document) && (document["openapi"] === undefined) === version.startsWith("2");
}

/** Checks the converted document against the specification of OpenAPI 3.1. */
async function check(
  document: Json,
  { bundle: { source } }: BundleResult,
  config: Config,
  resolver: SourceResolver,
): Promise<Finding[]> {
  const problems = await lintDocument({
    document: { source, parsed: document },
    config,
    externalRefResolver: resolver,
  });
  return problems.map(findingOf);
}

/**
 * A reference that leads nowhere, with its text. What the bundler has found out about it holds: it has seen the reference
 * in its own file, and left it as it was.
 */
function withReference(
  finding: Finding,
  document: Json,
  toldAt: (at: readonly string[]) => string | undefined,
): Finding {
  if (finding.rule !== "no-unresolved-refs") return finding;
  let node: Node | undefined = new Node(document);
  for (const key of finding.at) {
    node = Array.isArray(node?.value) ? node.items()[Number(key)] : node?.get(key);
  }
  const ref = node?.text("$ref");
  const found = toldAt(finding.at) ?? finding.found;
  const isBare = found === "Can't resolve $ref" && ref !== undefined;
  return { ...finding, found: isBare ? `${found}: ${JSON.stringify(ref)}` : found };
}

/** Reports files that cannot be parsed, instead of every reference to them. */
async function refuseUnreadable(resolver: SourceResolver, root: string): Promise<void> {
  const read = await Promise.allSettled(resolver.cache.values());
  const broken = read.flatMap((one) => {
    const value: unknown = one.status === "fulfilled" ? one.value : one.reason;
    return value instanceof YamlParseError ? specErrorOf(value, root).problems : [];
  });
  if (broken.length > 0) throw new SpecError(broken);
}

/** Converts an error that Redocly throws, for example on invalid YAML or circular references. */
function specErrorOf(error: unknown, root: string): SpecError {
  if (error instanceof SpecError) return error;
  const at = error instanceof YamlParseError ? error : undefined;
  const file = placeOf(at?.source.absoluteRef ?? root);
  // Some parser errors have no position.
  const source = `${file}:${at?.line || 1}:${at?.col || 1}`;
  const [message = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  // `source` has the file and the line already.
  const found = message.replace(/ in "[^"]*" \(\d+:\d+\)$/, "");
  const isRoot = at === undefined || at.source.absoluteRef === root;
  const supported = hasComments(at?.source.body ?? "")
    ? "JSON without comments, or YAML, where a comment begins with #"
    : isRoot
      ? anyDocument
      : "YAML or JSON";
  return new SpecError([{ pointer: "#", source, found, supported }]);
}

/** Whether this looks like JSON with a line that begins like a comment of JavaScript, which some editors allow. */
function hasComments(text: string): boolean {
  return /^\s*(?:[{[]|\/\/|\/\*)/.test(text) && /^\s*(?:\/\/|\/\*)/m.test(text);
}
