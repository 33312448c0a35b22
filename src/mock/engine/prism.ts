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

/** The operation that a request calls, and Prism's diagnostics. */
export interface Routed {
  /** In lower case. */
  readonly method: string;
  readonly path: string;
  readonly diagnostics: readonly IPrismDiagnostic[];
}

/** What is known of a request before it is checked. */
export interface CheckOptions {
  /** Whether its body is known to be invalid, in so many places that Prism should not list them. */
  readonly hasBadBody?: boolean;
}

/** Routes and checks a request. Left is Prism's error if no operation matches. */
export async function routeAndCheck(
  operations: readonly IHttpOperation[],
  request: EngineRequest,
  { hasBadBody = false }: CheckOptions = {},
): Promise<Either<Error, Routed>> {
  let called = { method: "", path: "" };
  const components: Partial<PrismHttpComponents> = {
    validateInput: ({ resource: own, element: given }) => {
      called = { method: own.method.toLowerCase(), path: own.path };
      const resource = hasBadBody ? withoutBody(own) : own;
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

function withoutBody({ request = {}, ...operation }: IHttpOperation): IHttpOperation {
  const { body: _, ...others } = request;
  return { ...operation, request: others };
}

/** Negotiates a response to a valid request, from the document alone. Left is the error if there is none. */
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

/** A constant, because `@stoplight/types` has it in an enum, which would have to be loaded for this number alone. */
const severityOfErrors = 0;

/** Calls Prism with a new instance, because an instance keeps state of its first request. */
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
    // `conform` checks all responses, including those that Prism did not make.
    validateResponse: false,
    errors: false,
    isProxy: false,
    upstreamProxy: undefined,
  };
  const input: IHttpRequest = {
    // Prism compares it with the document's methods, so an unknown method matches nothing.
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

/** Removes the body of a request to an operation without one. Servers ignore it; Prism would refuse its type. */
function withoutIgnoredBody({ request }: IHttpOperation, element: IHttpRequest): IHttpRequest {
  if (request?.body !== undefined) return element;
  const { "content-length": _, ...headers } = element.headers ?? {};
  return { ...element, headers, body: null };
}

/** Hides the `+` of a type from Prism, which would treat `application/problem+json` as `application/json`. */
function withExactType({ request }: IHttpOperation, element: IHttpRequest): IHttpRequest {
  const type = element.headers?.["content-type"];
  const [name = ""] = type?.toLowerCase().split(";") ?? [];
  const isNamed = request?.body?.contents?.some(({ mediaType }) => mediaType === name.trim());
  if (type === undefined || !name.includes("+") || isNamed === true) return element;
  return { ...element, headers: { ...element.headers, "content-type": name.replaceAll("+", ".") } };
}

/**
 * Replaces a malformed type, at which Prism throws, by one that no operation accepts: Prism refuses that as it should.
 */
function readableType(type: string | undefined): { "content-type"?: string } {
  if (type === undefined || /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;|$)/.test(type)) return {};
  return { "content-type": "application/octet-stream" };
}

/** Prism accepts the scheme in this case only. */
function readableBearer(bearer: string | undefined): { authorization?: string } {
  return bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
}

/** Encodes everything in the segments of a path: Prism splits a parameter at an unencoded comma. */
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
