import { existsSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import {
  BaseResolver,
  type BundleResult,
  bundle,
  type Config,
  createConfig,
  getLineColLocation,
  lint,
  loadConfig,
  type NormalizedProblem,
  ResolveError,
  type Source,
  YamlParseError,
} from "@redocly/openapi-core";
import { rulesName } from "../manifest.js";
import type { Json } from "../model/api.js";
import { shownPath } from "../project.js";
import { canonical } from "./canonical.js";
import { checkExtensions } from "./extensions.js";
import { createLocator, type Locator } from "./locate.js";
import { Node } from "./node.js";
import { type Problem, Problems, printProblem, SpecError } from "./problem.js";

/** A document that is linted, bundled and in canonical order. */
export interface LoadedSpec {
  /** One JSON object; `$ref`s point into itself. */
  readonly document: Json;
  /** Absolute paths of every file it was made of, the linter's configuration included. */
  readonly files: readonly string[];
  /** Lint findings below the severity of an error. */
  readonly warnings: readonly string[];
  /** Finds a place of the bundled document in its sources. */
  readonly locate: Locator;
}

/**
 * Lints and bundles a document. Rules come from a `redocly.yaml` beside it; without one, only what the OpenAPI
 * specification itself demands is checked.
 *
 * @throws {SpecError} with every finding of the linter, of the bundler or about our extensions.
 */
export async function loadSpec(file: string): Promise<LoadedSpec> {
  const root = path.resolve(file);
  const stats = statSync(root, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    const found = stats?.isDirectory() ? "a folder" : "no such file";
    throw new SpecError([{ pointer: file, found, supported: anyDocument }]);
  }
  const configFile = path.join(path.dirname(root), rulesName);
  const config = existsSync(configFile)
    ? await loadConfig({ configPath: configFile })
    : await createConfig({ extends: ["spec"] });
  const resolver = new FencedResolver(config, path.dirname(root));
  const { findings, bundled } = await read(root, config, resolver);

  // Redocly types the parsed document as `any`; what JSON or YAML parses to is JSON data.
  const document = canonical(JSON.parse(JSON.stringify(bundled.bundle.parsed)) as Json);
  const problems = new Problems();
  const version = new Node(document).text("openapi");
  if (!version?.startsWith("3.1.")) {
    problems.add(["openapi"], `version ${version ?? "missing"}`, "OpenAPI 3.1");
  }
  checkExtensions(new Node(document), problems);
  const locate = await createLocator(resolver, root);
  problems.throwIfAny(locate);
  const files = [...bundled.fileDependencies, ...(existsSync(configFile) ? [configFile] : [])];
  const warnings = findings
    .filter((one) => one.severity === "warn")
    .map((one) => printProblem(toProblem(one)));
  return { document, files, warnings, locate };
}

const anyDocument = "an OpenAPI 3.1 document in YAML or JSON";

/** Lints, then bundles. What Redocly throws is about the document too: YAML that is none, references in a circle. */
async function read(
  root: string,
  config: Config,
  resolver: BaseResolver,
): Promise<{ findings: readonly NormalizedProblem[]; bundled: BundleResult }> {
  try {
    const findings = await lint({ ref: root, config, externalRefResolver: resolver });
    throwOnErrors(findings);
    const bundled = await bundle({ ref: root, config, externalRefResolver: resolver });
    throwOnErrors(bundled.problems);
    return { findings, bundled };
  } catch (error) {
    if (error instanceof SpecError) throw error;
    const at = error instanceof YamlParseError ? error : undefined;
    const file = shownPath(at?.source.absoluteRef ?? root);
    const source = at === undefined ? file : `${file}:${at.line}:${at.col}`;
    const found = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
    throw new SpecError([{ pointer: "#", source, found, supported: anyDocument }]);
  }
}

/** Refuses every `$ref` that leaves the folder of the root document, before the file or address is touched. */
class FencedResolver extends BaseResolver {
  readonly #folder: string;

  constructor(config: Config, folder: string) {
    super(config.resolve);
    this.#folder = realpathSync(folder);
  }

  override async loadExternalRef(ref: string): Promise<Source> {
    const target = /^[a-z][a-z0-9+.-]+:/i.test(ref) ? undefined : real(ref);
    const inside = target !== undefined && isInside(this.#folder, target);
    if (!inside) {
      throw new ResolveError(new Error(`$ref leaves the folder of the document: ${ref}`));
    }
    return super.loadExternalRef(ref);
  }
}

function real(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return !relative.startsWith("..") && !path.isAbsolute(relative);
}

function throwOnErrors(findings: readonly NormalizedProblem[]): void {
  const problems = findings.filter((one) => one.severity === "error").map(toProblem);
  // A file that is broken is reported by everything that refers to it, and so are the examples of a broken schema.
  const isParse = ({ found }: Problem): boolean => found.startsWith("Failed to parse");
  const isDerived = ({ found }: Problem): boolean => found.startsWith("Example validation errored");
  const roots = problems.some(isParse)
    ? problems.filter(isParse)
    : problems.filter((one) => !isDerived(one));
  const told = new Map(
    (roots.length > 0 ? roots : problems).map((one) => [`${one.source} ${one.found}`, one]),
  );
  if (told.size > 0) throw new SpecError([...told.values()]);
}

function toProblem(finding: NormalizedProblem): Problem {
  const [location] = finding.location;
  const pointer = location?.pointer ?? "#";
  const problem = {
    pointer,
    found: finding.message,
    supported: supportedOf(finding),
    rule: finding.ruleId,
  };
  if (location === undefined) return problem;
  const { start } = getLineColLocation(location);
  const file = path.relative(process.cwd(), location.source.absoluteRef);
  return { ...problem, source: `${file}:${start.line}:${start.col}  ${pointer}` };
}

function supportedOf({ suggest, message }: NormalizedProblem): string {
  if (suggest.length > 0) return `did you mean ${suggest.join(" or ")}?`;
  return message.includes("is not expected here")
    ? "keys that OpenAPI 3.1 or JSON Schema 2020-12 has at this place, and x- extensions"
    : "";
}
