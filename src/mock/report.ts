import type { RequestRecord } from "./record.js";
import type { Mock } from "./server.js";

/** The lines that a person reads at the start. */
export function welcome(
  { url, rootToken, controlToken, port }: Mock,
  {
    served,
    stateless,
    host,
  }: { readonly served: string; readonly stateless: boolean; readonly host: string },
): string {
  return `
S2 mock: ${served}, ${stateless ? "as examples, without state" : "with state"}
  listens at  ${url}  (HTTP/1.1 and HTTP/2, with /v1 or without)
  root token  ${rootToken}
  control     ${url}/__mock/  (with the bearer ${controlToken})

  curl -H "Authorization: Bearer ${rootToken}" ${url}/v1/access-tokens
  new S2({ accessToken: "${rootToken}", endpoint: "${url}" })

More: --help. Ctrl-C ends the mock.
${isLocal(url) && host !== "0.0.0.0" && host !== "::" ? "" : `\nOther machines can reach port ${port}: whoever knows the root token can call.\n`}
`;
}

/** The line of one request. */
export function requestLine(record: RequestRecord): string {
  const { at, method, path, status, milliseconds, code, reason } = record;
  const what = `${at.slice(11, 19)} ${method.padEnd(6)} ${path} ${status}`;
  const why = [code, reason].filter((part) => part !== undefined).join(": ");
  return printable(`${what} ${milliseconds.toFixed(1)} ms${why === "" ? "" : `  ${why}`}`);
}

/** A text without what would move the cursor or break the line: a request must not write a log of its own. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => {
    return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}

function isLocal(url: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(url).hostname);
}
