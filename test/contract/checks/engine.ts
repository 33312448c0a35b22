import { createInstance, getHttpOperationsFromSpec, type IHttpConfig } from "@stoplight/prism-http";
import type { HttpMethod } from "@stoplight/types";
import { httpMethods } from "../../../scripts/model/api.js";
import { silentLogger } from "../../../src/mock/engine/silent-logger.js";
import type { JsonObject } from "../read-document.js";

/** What Prism's engine makes of a request. */
export interface Judged {
  readonly status: number;
  /** Why it is refused, in Prism's words; empty where it is not. */
  readonly refusals: readonly string[];
}

/** The engine of the stock mock on one document, without a server around it. */
export interface Engine {
  readonly ask: (request: Request) => Promise<Judged>;
}

/** Reads a document into Prism's engine. */
export async function engineOf(document: JsonObject): Promise<Engine> {
  // Prism writes into what it is given.
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  return {
    ask: async (request) => {
      const { pathname: path, searchParams } = new URL(request.url);
      const isHttpMethod = (method: string): method is HttpMethod =>
        httpMethods.some((one) => one === method);
      const method = request.method.toLowerCase();
      if (!isHttpMethod(method)) throw new TypeError(`${method} is no method that Prism knows`);
      const headers = Object.fromEntries(request.headers);
      const body = bodyOf(await request.text());
      // An instance keeps what a first request put into it, so that each request gets one of its own.
      const instance = createInstance(configuration(), { logger: silentLogger });
      const result = await instance.request(
        { method, url: { path, query: Object.fromEntries(searchParams) }, headers, body },
        operations,
      )();
      if (result._tag === "Left") {
        const { name, message } = result.left;
        const status: unknown = Reflect.get(result.left, "status");
        return { status: Number(status), refusals: [`${name}: ${message}`] };
      }
      const { output, validations } = result.right;
      const refusals = validations.input.map(({ message, path = [] }) => {
        return `${path.join("/")}: ${message}`;
      });
      return { status: output.statusCode, refusals };
    },
  };
}

/** As the stock command line has it. */
function configuration(): IHttpConfig {
  return {
    isProxy: false,
    checkSecurity: true,
    errors: false,
    validateRequest: true,
    validateResponse: true,
    mock: { dynamic: false },
    upstreamProxy: undefined,
  };
}

function bodyOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
