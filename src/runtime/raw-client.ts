import type { HeaderRecord } from "./headers.js";

/** The parts of an operation's request, encoded from its input. Names are those of the wire. */
export interface RequestParts {
  /** Base URL of an operation with a server of its own. */
  readonly baseUrl?: string;
  /** Values by name. One that is `undefined` is not sent. */
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, unknown>>;
  };
  /** The body, which is written as JSON or by `bodySerializer`. `undefined`: no body. */
  readonly body?: unknown;
  /** Writes a body that is not JSON. */
  readonly bodySerializer?: (body: never) => unknown;
  /** Writes the query, if a parameter has a style or a name that openapi-fetch does not support. */
  readonly querySerializer?: (query: Readonly<Record<string, unknown>>) => string;
  /** Writes the path likewise. */
  readonly pathSerializer?: (path: string, values: Readonly<Record<string, unknown>>) => string;
  /** How to read the body of a success. Default: as JSON. */
  readonly parseAs?: "json" | "text" | "blob" | "stream";
  /** Required if the body is a stream (WHATWG Fetch, `RequestInit`). */
  readonly duplex?: "half";
  /** The body can be sent only once, so the call is not retried. */
  readonly once?: boolean;
}

/** Options of openapi-fetch for each request, besides the parts of the operation. */
export interface CallInit extends RequestParts {
  readonly fetch: (request: Request) => Promise<Response>;
  /** The class that openapi-fetch creates requests with. */
  readonly Request: typeof globalThis.Request | undefined;
  /** Redirects are not followed, so that credentials go to no other host, and a POST does not become a GET. */
  readonly redirect: "manual";
  /** Aborts the request. It is part of the Request, because wrappers of `fetch` drop options that are passed with one. */
  readonly signal: AbortSignal;
  readonly headers: HeaderRecord;
}

/** The result of openapi-fetch: `data` for a 2xx, `error` for any other status. */
export interface FetchResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The raw client as resources call it: by method and path template, untyped. Codecs check requests and responses, so the
 * client's own types would add nothing, and they slow down the compiler for a large document.
 */
export interface RawClient {
  request(method: string, path: string, init: CallInit): Promise<FetchResult>;
}

/** A typed client of openapi-fetch as {@link RawClient}. */
export function untyped(client: { readonly request: unknown }): RawClient {
  // Its `request` is the same function; its type alone asks for the paths of one document.
  return client as RawClient;
}
