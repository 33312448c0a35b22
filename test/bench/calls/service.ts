import { createServer, type ServerResponse } from "node:http";
import { issued, pageOf } from "./page.js";

/** What is answered to a request, whichever way it comes. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

const pages: Map<string, Uint8Array<ArrayBuffer>> = new Map();

/** The answer to one of the three calls: to listing, a page of as many tokens as asked for. */
function answerTo(method: string, url: string): Answer {
  if (method === "POST") return json(201, issued);
  if (method === "DELETE") return { status: 204, headers: {}, body: null };
  const limit = /[?&]limit=(\d+)/.exec(url)?.[1] ?? "1";
  const page = pages.get(limit) ?? pageOf(Number(limit));
  pages.set(limit, page);
  return json(200, page);
}

function json(status: number, body: Uint8Array<ArrayBuffer>): Answer {
  const headers = { "content-type": "application/json", "content-length": String(body.length) };
  return { status, headers, body };
}

/** A `fetch` that answers by itself: what is left of a call is what the client does. */
export async function stubbedFetch(
  request: Request | URL | string,
  init?: RequestInit,
): Promise<Response> {
  const { method, url } =
    request instanceof Request ? request : { method: init?.method ?? "GET", url: String(request) };
  const { body, ...rest } = answerTo(method, url);
  return new Response(body, rest);
}

/** The same, after the request that the platform's makes of its arguments. */
export async function requestingFetch(
  request: Request | URL | string,
  init?: RequestInit,
): Promise<Response> {
  return stubbedFetch(new Request(request, init));
}

/** Serves the same answers on a free port of the loopback interface; gives the origin. */
export function serve(): Promise<string> {
  const server = createServer((request, response) => {
    request
      .resume()
      .on("end", () => send(response, answerTo(request.method ?? "", request.url ?? "")));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body ?? undefined);
}
