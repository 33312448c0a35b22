import type { Fetch } from "./connection.js";
import { oneShotBody } from "./one-shot-body.js";
import type { Credentials } from "./security.js";

/**
 * What `fetch` is called with, instead of a Request: the URL, and itself as what belongs to it.
 *
 * Every `fetch` makes a Request of its own from what it is given, so that one made before is made twice, which is dear
 * where it follows a signal. And a `fetch` from elsewhere than the platform knows no Request but its own.
 *
 * openapi-fetch makes one in the place of a Request. Middleware must not see it: it may pass for a Request nowhere else.
 */
export class UnsentRequest implements Pick<Request, "url" | "method" | "headers"> {
  readonly url: string;
  // What openapi-fetch gives with the URL; it has merged the headers by then.
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

/** The claim that it is a Request is for openapi-fetch alone, which asks for what it has. */
export const unsentAsRequest: typeof Request = UnsentRequest as unknown as typeof Request;

/** What `fetch` is called with: a request, made or not, with the credentials, if there are any, and once at most. */
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

/** A request with the credentials; the one without stays as it is, because middleware may still look at it. */
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
