import type { Fetch } from "./connection.js";
import { oneShotBody } from "./one-shot-body.js";
import type { Credentials } from "./security.js";

/**
 * The arguments of `fetch` in place of a Request: the URL, and this object as the options.
 *
 * Every `fetch` makes a Request of its own. One that is made before costs twice, and a signal makes it expensive. A
 * `fetch` that is not the platform's does not know the platform's Request.
 *
 * openapi-fetch makes one of these in place of a Request. Middleware must not see it, because it is not a Request.
 */
export class UnsentRequest implements Pick<Request, "url" | "method" | "headers"> {
  readonly url: string;
  // openapi-fetch passes these with the URL, and has merged the headers.
  declare readonly method: string;
  declare readonly headers: Headers;
  declare readonly redirect: RequestRedirect;
  declare readonly signal: AbortSignal;
  declare readonly body: BodyInit | null | undefined;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    Object.assign(this, init);
  }
}

/** For openapi-fetch, which uses only the properties that it has. */
export const unsentAsRequest: typeof Request = UnsentRequest as unknown as typeof Request;

/** The arguments of `fetch` for a request, with the credentials, if there are any. The platform sends it once at most. */
export function argumentsOf(
  request: UnsentRequest | Request,
  credentials: Credentials | undefined,
): Parameters<Fetch> {
  const once = oneShotBody(request.body);
  if (!(request instanceof UnsentRequest)) {
    return [credentials === undefined ? request : withCredentials(request, credentials, once)];
  }
  const init = Object.assign(request, once);
  return [credentials?.admit(request.headers, request.url) ?? request.url, init];
}

/** A copy of a request with the credentials. The original stays as it is, because middleware may still read it. */
export function withCredentials(
  request: Request,
  credentials: Credentials,
  init?: RequestInit,
): Request {
  const headers = new Headers(request.headers);
  const url = credentials.admit(headers, request.url);
  const given = url === request.url ? request : new Request(url, request);
  return new Request(given, { ...init, headers });
}
