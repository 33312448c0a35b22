import { type Fetch, withBearer } from "./connection.js";
import { oneShotBody } from "./one-shot-body.js";

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

/** What `fetch` is called with: a request, made or not, with the credential, if there is one, and once at most. */
export function argumentsOf(
  request: UnsentRequest | Request,
  token: string | undefined,
): Parameters<Fetch> {
  const once = oneShotBody(request.body);
  if (!(request instanceof UnsentRequest)) {
    return [token === undefined ? request : withBearer(request, token, once)];
  }
  if (token !== undefined) request.headers.set("authorization", `Bearer ${token}`);
  return [request.url, Object.assign(request, once)];
}
