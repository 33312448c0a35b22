/** One request and its response. It has no secrets, and no string of more than 2 000 characters. */
export interface RequestRecord {
  /** When the request was logged, just before its response was sent, as an RFC 3339 timestamp. */
  readonly at: string;
  /** The method as it was sent; empty where the request could not be read. */
  readonly method: string;
  /** The path as it was sent, with its query; empty where the request could not be read. */
  readonly path: string;
  /** The status code that was sent; 0 where a fault reset the connection instead. */
  readonly status: number;
  /** Milliseconds from the request to its response, with three decimals at most. */
  readonly milliseconds: number;
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  readonly session: string;
  /** The id of the operation that was called; undefined where the request matches none. */
  readonly operation: string | undefined;
  /** The error code in the response, if it is an error. */
  readonly code: string | undefined;
  /**
   * Why the request was refused, or what the response comes from if not from the state, such as a fault or an example.
   */
  readonly reason: string | undefined;
  /** How the request violates the contract, if it does. */
  readonly violation?: string | undefined;
  /** The first few names in the request that the contract does not have, such as `query lmit`. */
  readonly unknown?: readonly string[] | undefined;
}
