/** What the measuring programs tell each other, as plain data. */

/** Something of a document that was refused, or that keeps an operation from being generated. */
export interface Reason {
  /** The place in the document, as a JSON pointer, or `""` where there is none. */
  readonly at: string;
  /** HTTP method and path of the operation that is left out for it. */
  readonly operation?: string;
  readonly words: string;
}

/** What is wrong with the output of one document. */
export interface Checked {
  /** What the compiler says of it. */
  readonly compiler: readonly string[];
  /** What the linter says of it. */
  readonly linter: readonly string[];
  /** `any` and comments that silence a tool. */
  readonly suppressions: readonly string[];
}

/** What came of one document. */
export interface Measured extends Checked {
  readonly document: string;
  /** The version that the document states: `3.0.3`. */
  readonly version: string;
  /** Operations that the document has. */
  readonly operations: number;
  readonly generated: number;
  /** Operations that were left out, each with its reason. */
  readonly leftOut: readonly Reason[];
  /** Why nothing at all was generated. */
  readonly refused: readonly Reason[];
  readonly warnings: number;
  /** Files of the output. */
  readonly files: number;
  /** Documents are compiled and linted together: each has its share by files. */
  readonly seconds: { readonly generate: number; readonly check: number };
  /** Set where the program failed: a bug of the generator, or a document that takes too long. */
  readonly crash?: string;
}

/** A document that nothing is known of yet. */
export function nothing(document: string): Measured {
  return {
    document,
    version: "",
    operations: 0,
    generated: 0,
    leftOut: [],
    refused: [],
    compiler: [],
    linter: [],
    suppressions: [],
    warnings: 0,
    files: 0,
    seconds: { generate: 0, check: 0 },
  };
}

/** Whether the document was generated, and its output is right. */
export function isDone(measured: Measured): boolean {
  const { refused, compiler, linter, suppressions, crash, generated, operations } = measured;
  return (
    crash === undefined &&
    [refused, compiler, linter, suppressions].every((list) => list.length === 0) &&
    (generated > 0 || operations === 0)
  );
}

/** One document to measure, and where its output goes. */
export interface Task {
  readonly name: string;
  readonly spec: string;
  readonly out: string;
}
