/** Settings that the mock passes to its page. */
export interface PageSettings {
  readonly endpoint: string;
  /** The path in front of the document's paths, such as `/v1`. */
  readonly basePath: string;
  readonly rootToken: string;
  readonly controlToken: string;
  /** Title and version of the document that is served. */
  readonly served: string;
  /** Whether the mock responds with examples and keeps no state. */
  readonly stateless: boolean;
  /** Whether the document is of another API than that of access tokens. */
  readonly isForeign: boolean;
  /** A request to show in snippets; undefined for the API of access tokens, whose snippets list tokens. */
  readonly first: PageRequest | undefined;
  /** Names of faults. */
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

/** An operation of the document, with the responses that a request can ask for. */
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
