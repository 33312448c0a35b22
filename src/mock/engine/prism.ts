import type { IPrismDiagnostic, IPrismOutput } from "@stoplight/prism-core";
import {
  createInstance,
  type IHttpConfig,
  type IHttpOperationConfig,
  type IHttpRequest,
  type IHttpResponse,
  type PrismHttpComponents,
} from "@stoplight/prism-http";
import { validateInput } from "@stoplight/prism-http/dist/validator/index.js";
import type { HttpMethod, IHttpOperation } from "@stoplight/types";
import { type Either, map, right } from "fp-ts/lib/Either.js";
import { bearerOf } from "./bearer.js";
import type { EngineRequest } from "./request.js";
import { silentLogger } from "./silent-logger.js";

/** Which operation a request calls, and what Prism has against it. */
export interface Routed {
  /** In lower case. */
  readonly method: string;
  readonly path: string;
  readonly diagnostics: readonly IPrismDiagnostic[];
}

/** Routes and checks a request. Left is Prism's word that there is no such route. */
export async function routeAndCheck(
  operations: readonly IHttpOperation[],
  request: EngineRequest,
): Promise<Either<Error, Routed>> {
  let called = { method: "", path: "" };
  const components: Partial<PrismHttpComponents> = {
    validateInput: ({ resource, element: given }) => {
      called = { method: resource.method.toLowerCase(), path: resource.path };
      const element = withExactType(resource, withoutIgnoredBody(resource, given));
      return validateInput({ resource, element });
    },
    mock: () => () => right({ statusCode: 200 }),
  };
  const outcome = await call(operations, request, components, { dynamic: false });
  return map(({ validations }: IPrismOutput<IHttpResponse>) => ({
    ...called,
    diagnostics: validations.input
      .filter(({ severity }) => severity === severityOfErrors)
      .slice(0, 100),
  }))(outcome);
}

/** Negotiates a response to a valid request, from the document alone. Left is that there is none. */
export async function negotiate(
  operations: readonly IHttpOperation[],
  request: EngineRequest,
  preferences: IHttpOperationConfig,
): Promise<Either<Error, IHttpResponse>> {
  const components = { validateInput: accept, validateSecurity: accept };
  const outcome = await call(operations, request, components, preferences);
  return map(({ output }: IPrismOutput<IHttpResponse>) => output)(outcome);
}

const accept: PrismHttpComponents["validateInput"] = ({ element }) => right(element);

/** In `@stoplight/types` this is an enum, which would have to be loaded for its one number. */
const severityOfErrors = 0;

/** One call of the engine, with an instance of its own: an instance keeps what a first request put into it. */
function call(
  operations: readonly IHttpOperation[],
  request: EngineRequest,
  components: Partial<PrismHttpComponents>,
  mock: IHttpOperationConfig,
): Promise<Either<Error, IPrismOutput<IHttpResponse>>> {
  const config: IHttpConfig = {
    mock: { ...mock },
    checkSecurity: true,
    validateRequest: true,
    // Responses are checked at the very end, the mock's own among them.
    validateResponse: false,
    errors: false,
    isProxy: false,
    upstreamProxy: undefined,
  };
  const input: IHttpRequest = {
    // The router compares it with the document's; one that is none of HTTP matches nothing.
    method: request.method as HttpMethod,
    url: { path: encoded(request.path), query: { ...request.query } },
    headers: {
      ...request.headers,
      ...readableType(request.headers["content-type"]),
      ...readableBearer(bearerOf(request.headers)),
    },
    body: request.body ?? null,
  };
  const prism = createInstance(config, { ...components, logger: silentLogger });
  return prism.request(input, [...operations], config)();
}

/** A body of an operation that takes none is ignored, as servers do; Prism would refuse its type. */
function withoutIgnoredBody({ request }: IHttpOperation, element: IHttpRequest): IHttpRequest {
  if (request?.body !== undefined) return element;
  const { "content-length": _, ...headers } = element.headers ?? {};
  return { ...element, headers, body: null };
}

/** Prism takes `application/problem+json` for `application/json`, which is another type; without a plus it does not. */
function withExactType({ request }: IHttpOperation, element: IHttpRequest): IHttpRequest {
  const type = element.headers?.["content-type"];
  const [name = ""] = type?.toLowerCase().split(";") ?? [];
  const isNamed = request?.body?.contents?.some(({ mediaType }) => mediaType === name.trim());
  if (type === undefined || !name.includes("+") || isNamed === true) return element;
  return { ...element, headers: { ...element.headers, "content-type": name.replaceAll("+", ".") } };
}

/** Prism throws at a type that is none; one that no operation takes is refused in the same way. */
function readableType(type: string | undefined): { "content-type"?: string } {
  if (type === undefined || /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;|$)/.test(type)) return {};
  return { "content-type": "application/octet-stream" };
}

/** Prism knows the scheme in one spelling only. */
function readableBearer(bearer: string | undefined): { authorization?: string } {
  return bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
}

/** The path with everything in its segments encoded: Prism splits a parameter at a bare comma. */
function encoded(path: string): string {
  return path
    .split("/")
    .map((segment) =>
      encodeURIComponent(decodeURIComponent(segment)).replace(
        /[!'()*~]/g,
        (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
}
