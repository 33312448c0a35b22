import type { HeaderRecord } from "./headers.js";

/** What an operation sends, made from its input. Names are those of the wire. */
export interface RequestParts {
  /** Where the operation is served, if not where the others are. */
  readonly baseUrl?: string;
  /** Values by name. One that is `undefined` is not sent. */
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, unknown>>;
  };
  /** What the body holds, to be written as JSON, or by `bodySerializer`. None is sent where it is `undefined`. */
  readonly body?: unknown;
  /** Writes a body that is no JSON. */
  readonly bodySerializer?: (body: never) => unknown;
  /** Writes the query, where a parameter has a style or a name that openapi-fetch does not know. */
  readonly querySerializer?: (query: Readonly<Record<string, unknown>>) => string;
  /** Writes the path likewise. */
  readonly pathSerializer?: (path: string, values: Readonly<Record<string, unknown>>) => string;
  /** How the body of a success is read. Default: as JSON. */
  readonly parseAs?: "json" | "text" | "blob" | "stream";
  /** Fetch wants it with a body that is a stream (WHATWG Fetch, `RequestInit`). */
  readonly duplex?: "half";
  /** The body can be sent once: there is no other attempt. */
  readonly once?: boolean;
}

/** What openapi-fetch takes for each request beside the parts of the operation. */
export interface CallInit extends RequestParts {
  readonly fetch: (request: Request) => Promise<Response>;
  /** What is made in the place of a Request. */
  readonly Request: typeof globalThis.Request | undefined;
  /** Redirects are not followed: the credential goes nowhere else, and a POST does not become a GET. */
  readonly redirect: "manual";
  /** Aborts the request. It is part of the Request, because wrappers of `fetch` drop what is passed beside one. */
  readonly signal: AbortSignal;
  readonly headers: HeaderRecord;
}

/** What openapi-fetch returns: `data` of a 2xx, `error` of anything else. */
export interface FetchResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The raw client as the resources call it: by method and path template, untyped. Codecs check what is sent and what
 * comes back. The client's own types say the same twice, and take the compiler long in a large document.
 */
export interface RawClient {
  request(method: string, path: string, init: CallInit): Promise<FetchResult>;
}

/** A typed client of openapi-fetch as {@link RawClient}. */
export function untyped(client: { readonly request: unknown }): RawClient {
  // Its `request` is the same function; its type alone asks for the paths of one document.
  return client as RawClient;
}
