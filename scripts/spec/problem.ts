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
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(
      `${count} in the document; nothing was written\n\n${problems.map(printProblem).join("\n\n")}`,
    );
    this.problems = problems;
  }
}

/** Collects problems, so that one run reports all of them. */
export class Problems {
  readonly #found: { at: readonly string[]; found: string; supported: string }[] = [];

  /** Notes a problem at a place of the bundled document. */
  add(at: readonly string[], found: string, supported: string): void {
    this.#found.push({ at, found, supported });
  }

  /**
   * Throws a {@link SpecError} if anything was noted.
   *
   * @param locate - finds a place in the sources; without it, errors name the place in the bundle alone
   */
  throwIfAny(locate?: (at: readonly string[]) => string | undefined): void {
    if (this.#found.length === 0) return;
    throw new SpecError(
      this.#found.map(({ at, found, supported }) => {
        const source = locate?.(at);
        return {
          pointer: toPointer(at),
          found,
          supported,
          ...(source !== undefined && { source }),
        };
      }),
    );
  }
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
