/** What the mock passes to its page. */
export interface PageSettings {
  readonly endpoint: string;
  /** The path before those of the document, such as `/v1`. */
  readonly basePath: string;
  readonly rootToken: string;
  readonly controlToken: string;
  /** Title and version of the document that is served. */
  readonly served: string;
  /** Whether the mock answers with examples and keeps nothing. */
  readonly stateless: boolean;
  /** Whether the document is of another API than that of access tokens. */
  readonly isForeign: boolean;
  /** A request to show in snippets; undefined for the API of access tokens, whose snippets list tokens. */
  readonly first: PageRequest | undefined;
  /** How faults are written. */
  readonly faults: readonly string[];
  readonly operations: readonly PageOperation[];
}

/** A request that an operation takes. */
export interface PageRequest {
  /** In capitals. */
  readonly method: string;
  /** Path and query, with the base path. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
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
