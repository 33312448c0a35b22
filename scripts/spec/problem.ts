/** Something in the document that the generator refuses. */
export interface Problem {
  /** JSON pointer into the bundled document. */
  readonly pointer: string;
  /** What was found there. */
  readonly found: string;
  /** What is supported, or what to do. */
  readonly supported: string;
  /** `file:line:column` and pointer in the sources, where known. */
  readonly source?: string;
  /** The lint rule that found it. */
  readonly rule?: string;
}

/** The document cannot be generated from. Carries every problem, not only the first. */
export class SpecError extends Error {
  override readonly name = "SpecError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(printProblems(problems, false));
    this.problems = problems;
  }
}

/** A problem before its place in the sources is known. */
export interface Finding {
  readonly at: readonly string[];
  readonly found: string;
  readonly supported: string;
  /** `"error"`: the part cannot be generated. `"warning"`: it can, and something of the document is ignored. */
  readonly severity: "error" | "warning";
  /** The lint rule that found it. */
  readonly rule?: string;
}

/** An operation that the document declares and the client lacks. */
export interface Omitted {
  /** HTTP method and path: `GET /things`. */
  readonly operation: string;
  /** JSON pointer of the operation in the bundled document. */
  readonly pointer: string;
  /** What stands in the way: the first problem of the operation, or of a schema that it uses. */
  readonly reason: string;
  /** `file:line:column` and pointer of that problem in the sources, where known. */
  readonly source?: string;
}

/**
 * Collects problems, so that one run reports all of them. Each belongs to the part of the document that was being
 * read: an operation, a named schema, or the document itself. Under `strict`, every problem ends the run. Otherwise
 * an error in an operation, or in a schema that it uses, leaves out that operation.
 */
export class Problems {
  readonly #strict: boolean;
  readonly #found = new Map<string, Finding[]>();
  readonly #uses = new Map<string, Set<string>>();
  #part = documentPart;

  constructor(strict = true) {
    this.#strict = strict;
  }

  /** Notes something that cannot be generated, at a place of the bundled document. */
  add(at: readonly string[], found: string, supported: string): void {
    this.#note({ at, found, supported, severity: "error" });
  }

  /** Notes something that can be ignored without being wrong: an error under `strict`, else a warning. */
  warn(at: readonly string[], found: string, supported: string): void {
    this.#note({ at, found, supported, severity: this.#strict ? "error" : "warning" });
  }

  /** Notes something that is ignored on purpose: a warning in both modes. */
  note(at: readonly string[], found: string, supported: string): void {
    this.#note({ at, found, supported, severity: "warning" });
  }

  /** Notes what another stage has found. */
  take(finding: Finding): void {
    this.#note(finding);
  }

  /** Reads one part, an operation or a named schema: problems that turn up meanwhile are its own. */
  within<T>(at: readonly string[], work: () => T): T {
    const outer = this.#part;
    this.#part = toPointer(at);
    try {
      return work();
    } finally {
      this.#part = outer;
    }
  }

  /** Says that the part that is being read uses the one at a place: errors there are its errors too. */
  use(at: readonly string[]): void {
    const used = this.#uses.get(this.#part) ?? new Set();
    this.#uses.set(this.#part, used.add(toPointer(at)));
  }

  /** Errors of the document itself, which no omission can cure. */
  fatal(): readonly Finding[] {
    return this.#errors(documentPart);
  }

  /** Errors of a part and of all parts that it uses, directly or not. */
  errorsOf(at: readonly string[]): readonly Finding[] {
    const seen = new Set([toPointer(at)]);
    // A set is walked in order of insertion, what is added meanwhile included.
    for (const part of seen) for (const used of this.#uses.get(part) ?? []) seen.add(used);
    return [...seen].flatMap((part) => this.#errors(part));
  }

  /** Everything that was noted with a severity. */
  all(severity: Finding["severity"]): readonly Finding[] {
    return [...this.#found.values()].flat().filter((one) => one.severity === severity);
  }

  /**
   * Throws a {@link SpecError} if an error was noted.
   *
   * @param locate - finds a place in the sources; without it, errors name the place in the bundle alone
   */
  throwIfAny(locate?: Locate): void {
    const errors = this.all("error");
    if (errors.length > 0) throw new SpecError(errors.map((one) => toProblem(one, locate)));
  }

  #note(finding: Finding): void {
    const known = this.#found.get(this.#part);
    const place = toPointer(finding.at);
    // What the linter has told of a place, no later stage tells again.
    if (known?.some(({ rule, at }) => rule !== undefined && toPointer(at) === place)) return;
    if (known === undefined) this.#found.set(this.#part, [finding]);
    else known.push(finding);
  }

  #errors(part: string): readonly Finding[] {
    return (this.#found.get(part) ?? []).filter((one) => one.severity === "error");
  }
}

/** The part that is the document itself. */
const documentPart = "#";

type Locate = (at: readonly string[]) => string | undefined;

/** A finding with its place in the sources. */
export function toProblem({ at, found, supported, rule }: Finding, locate?: Locate): Problem {
  const source = locate?.(at);
  return {
    pointer: toPointer(at),
    found,
    supported,
    ...(source !== undefined && { source }),
    ...(rule !== undefined && { rule }),
  };
}

/** A JSON pointer in URI fragment form: `#/paths/~1things/get`. */
export function toPointer(keys: readonly (string | number)[]): string {
  return `#${keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`;
}

/** The keys of a JSON pointer in URI fragment form. */
export function fromPointer(pointer: string): string[] {
  return pointer
    .replace(/^#?\/?/, "")
    .split("/")
    .filter((key, _, all) => key !== "" || all.length > 1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/**
 * What ended a run, as a person reads it: problems of one kind are told once, with their count and the first place.
 *
 * @param verbose - whether every problem is told
 */
export function printProblems(problems: readonly Problem[], verbose: boolean): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const head = `${count} in the document; nothing was written`;
  return [head, ...printKinds(problems, verbose)].join("\n\n");
}

/** Problems by kind, the most frequent kind first; each problem where `verbose` asks for it. */
export function printKinds(problems: readonly Problem[], verbose: boolean): string[] {
  if (verbose) return problems.map(printProblem);
  const kinds = new Map<string, Problem[]>();
  for (const problem of problems) {
    const kind = kindOf(problem);
    kinds.set(kind, [...(kinds.get(kind) ?? []), problem]);
  }
  return [...kinds.values()]
    .sort((left, right) => right.length - left.length)
    .flatMap(([first, ...more]) => {
      if (first === undefined) return [];
      const rest = `    and ${more.length} more of this kind; --verbose shows them`;
      return [more.length === 0 ? printProblem(first) : `${printProblem(first)}\n${rest}`];
    });
}

/** What problems have in common that differ in names and numbers only. */
function kindOf({ rule, found, supported }: Problem): string {
  const words = `${found} ${supported}`.replace(/"[^"]*"|`[^`]*`|'[^']*'|#\/\S+|\d+/g, "…");
  return `${rule ?? ""} ${words}`;
}

/** A problem as a person reads it: the place, what was found, what is supported. */
export function printProblem(problem: Problem): string {
  const { source, pointer, rule, found, supported } = problem;
  const where = source === undefined ? pointer : `${source}`;
  return [
    `  ${where}${rule === undefined ? "" : `  [${rule}]`}`,
    `    found:     ${found}`,
    ...(supported === "" ? [] : [`    supported: ${supported}`]),
  ].join("\n");
}
