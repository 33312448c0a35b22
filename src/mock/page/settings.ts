/** What the mock passes to its page. */
export interface PageSettings {
  readonly endpoint: string;
  /** The path before those of the document, such as `/v1`. */
  readonly basePath: string;
  readonly rootToken: string;
  readonly controlToken: string;
  /** What is served, in a few words. */
  readonly served: string;
  /** Whether the mock answers with examples and keeps nothing. */
  readonly stateless: boolean;
  /** How faults are written. */
  readonly faults: readonly string[];
  readonly operations: readonly PageOperation[];
}

/** An operation of the document, with what it can be asked to answer. */
export interface PageOperation {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly statuses: readonly {
    readonly status: number;
    readonly examples: readonly string[];
  }[];
}
