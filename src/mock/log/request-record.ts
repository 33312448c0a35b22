/** One request and its response. No secret is in it, and no string of more than 2 000 characters. */
export interface RequestRecord {
  /** RFC 3339. */
  readonly at: string;
  /** The method as it was sent; empty where the request could not be read. */
  readonly method: string;
  /** The path as it was sent, with its query; empty where the request could not be read. */
  readonly path: string;
  /** What was sent; 0 where a fault broke the connection off in place of a response. */
  readonly status: number;
  /** How long the response took, with three decimals at most. */
  readonly milliseconds: number;
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  readonly session: string;
  /** The operation of the contract that was called, if one was. */
  readonly operation: string | undefined;
  /** The code of a refusal. */
  readonly code: string | undefined;
  /** Why it was refused, or what answered in place of the state. */
  readonly reason: string | undefined;
  /** How the request violates the contract. */
  readonly violation?: string | undefined;
  /** The first few names in it that the contract does not have, such as `query lmit`. */
  readonly unknown?: readonly string[] | undefined;
}
