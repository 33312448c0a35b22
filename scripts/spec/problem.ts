/** A problem in the document. */
export interface Problem {
  /** JSON pointer into the bundled document. */
  readonly pointer: string;
  /** Description of the problem. */
  readonly found: string;
  /** What the generator supports instead, or how to fix the problem; `""` if there is no advice. */
  readonly supported: string;
  /** `file:line:column` and pointer in the sources, if known. */
  readonly source?: string | undefined;
  /** The lint rule that reported it. */
  readonly rule?: string;
}

/** No client can be generated from the document. Lists every problem, not only the first. */
export class SpecError extends Error {
  override readonly name = "SpecError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(printProblems(problems, false));
    this.problems = problems;
  }
}

/** A problem whose place in the sources is not known yet. `at` are its keys in the bundled document. */
export interface Finding {
  readonly at: readonly string[];
  readonly found: string;
  readonly supported: string;
  /** `"error"`: the part cannot be generated. `"warning"`: it can, but the generator ignores something in it. */
  readonly severity: "error" | "warning";
  /** The lint rule that reported it. */
  readonly rule?: string;
}

/** An operation, or another part of the document, that the client does not have. */
export interface Omitted {
  /** HTTP method and path, or the name of the part: `GET /things`, `the security scheme key`. */
  readonly operation: string;
  /** JSON pointer of the part in the bundled document. */
  readonly pointer: string;
  /** The first problem of the part, or of a schema that it uses. */
  readonly reason: string;
  /** `file:line:column` and pointer of that problem in the sources, if known. */
  readonly source?: string;
}

/** A part of the document that was left out, in words, and the reason. */
export interface LeftOut extends Finding {
  readonly part: string;
}

/**
 * Collects problems, so that one run reports all of them. A problem belongs to the part of the document that is being
 * read: an operation, a named schema, or the document itself. With `strict`, any error fails the run. Without it, an
 * error in an operation, or in a schema that it uses, only omits that operation.
 */
export class Problems {
  readonly #strict: boolean;
  readonly #found = new Map<string, Finding[]>();
  readonly #uses = new Map<string, Set<string>>();
  readonly #leftOut: LeftOut[] = [];
  #part = documentPart;

  constructor(strict = true) {
    this.#strict = strict;
  }

  /** Adds an error at a place of the bundled document. */
  add(at: readonly string[], found: string, supported: string): void {
    this.#note({ at, found, supported, severity: "error" });
  }

  /** Adds a problem that the generator can safely ignore: an error with `strict`, otherwise a warning. */
  warn(at: readonly string[], found: string, supported: string): void {
    this.#note({ at, found, supported, severity: this.#strict ? "error" : "warning" });
  }

  /** Adds a warning, even with `strict`: for something that the generator ignores on purpose. */
  note(at: readonly string[], found: string, supported: string): void {
    this.#note({ at, found, supported, severity: "warning" });
  }

  /**
   * Leaves out a part that is not an operation: an error with `strict`, otherwise the rest of the document is generated.
   *
   * @param part - the part in words: `the security scheme key`
   */
  leaveOut(part: string, at: readonly string[], found: string, supported: string): void {
    if (this.#strict) this.add(at, found, supported);
    else this.#leftOut.push({ part, at, found, supported, severity: "warning" });
  }

  /** The parts that were left out. */
  leftOut(): readonly LeftOut[] {
    return this.#leftOut;
  }

  /** Adds a finding of another stage. */
  take(finding: Finding): void {
    this.#note(finding);
  }

  /** Runs `work` for an operation or a named schema. Problems that are added meanwhile belong to it. */
  within<T>(at: readonly string[], work: () => T): T {
    const outer = this.#part;
    this.#part = toPointer(at);
    try {
      return work();
    } finally {
      this.#part = outer;
    }
  }

  /** Records that the current part uses the part at `at`, whose errors then count as its own. */
  use(at: readonly string[]): void {
    const used = this.#uses.get(this.#part) ?? new Set();
    this.#uses.set(this.#part, used.add(toPointer(at)));
  }

  /** Errors of the document itself. Omitting operations does not help against them. */
  fatal(): readonly Finding[] {
    return this.#errors(documentPart);
  }

  /** Errors of a part and of all parts that it uses, directly or indirectly. */
  errorsOf(at: readonly string[]): readonly Finding[] {
    const seen = new Set([toPointer(at)]);
    // The loop also visits parts that are added to the set meanwhile.
    for (const part of seen) for (const used of this.#uses.get(part) ?? []) seen.add(used);
    return [...seen].flatMap((part) => this.#errors(part));
  }

  /** All findings of a severity. */
  all(severity: Finding["severity"]): readonly Finding[] {
    return [...this.#found.values()].flat().filter((one) => one.severity === severity);
  }

  /**
   * Throws if there are errors.
   *
   * @param locate - finds places in the sources; without it, errors have their place in the bundle only
   * @throws {SpecError} with every error
   */
  throwIfAny(locate?: Locate): void {
    const errors = this.all("error");
    if (errors.length > 0) throw new SpecError(errors.map((one) => toProblem(one, locate)));
  }

  #note(finding: Finding): void {
    const known = this.#found.get(this.#part);
    const place = toPointer(finding.at);
    // The linter has reported this place already. Its warning must not hide an error.
    const isTold = ({ rule, at, severity }: Finding): boolean =>
      rule !== undefined &&
      toPointer(at) === place &&
      (severity === "error" || finding.severity === "warning");
    if (known?.some(isTold)) return;
    if (known === undefined) this.#found.set(this.#part, [finding]);
    else known.push(finding);
  }

  #errors(part: string): readonly Finding[] {
    return (this.#found.get(part) ?? []).filter((one) => one.severity === "error");
  }
}

/** The part for problems of the document itself. */
const documentPart = "#";

type Locate = (at: readonly string[]) => string | undefined;

/** Adds the place in the sources to a finding. */
export function toProblem({ at, found, supported, rule }: Finding, locate?: Locate): Problem {
  return {
    pointer: toPointer(at),
    found,
    supported,
    // Find the place only if it is printed: this parses the whole file again.
    get source() {
      return locate?.(at);
    },
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
 * Prints the problems that made a run fail. Problems of one kind are printed once, with their count.
 *
 * @param verbose - whether to print every problem
 */
export function printProblems(problems: readonly Problem[], verbose: boolean): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const head = `${count} in the document; nothing was written`;
  return [head, ...printKinds(problems, verbose)].join("\n\n");
}

/** Prints the first problem of each kind, the most frequent kind first; with `verbose`, every problem. */
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

/** The kind of a problem: its text without names and numbers. */
function kindOf({ rule, found, supported }: Problem): string {
  const words = `${found} ${supported}`.replace(/"[^"]*"|`[^`]*`|'[^']*'|#\/\S+|\d+/g, "…");
  return `${rule ?? ""} ${words}`;
}

/** Prints a problem: its place, its description, and what is supported. */
export function printProblem(problem: Problem): string {
  const { source, pointer, rule, found, supported } = problem;
  const where = source === undefined ? pointer : `${source}`;
  return [
    `  ${where}${rule === undefined ? "" : `  [${rule}]`}`,
    `    found:     ${found}`,
    ...(supported === "" ? [] : [`    supported: ${supported}`]),
  ].join("\n");
}
