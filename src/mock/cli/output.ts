import type { RequestRecord } from "../log/request-record.js";
import type { Mock } from "../server.js";
import { asJson, outcome, printVerdict, type VerdictFormat } from "../verdict/print.js";
import type { Thresholds, Verdict } from "../verdict/verdict.js";

/** Where the command writes. */
export interface Output {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

/** What the mock serves. */
export interface Served {
  readonly document: string | undefined;
  readonly stateless: boolean;
  /** Whether the document describes another API, for which the mock has no state. */
  readonly isForeign: boolean;
  /** Ids of the operations that return examples, while others have a state. */
  readonly examples: readonly string[];
  readonly host: string;
}

/** Reports events while the mock runs. */
export interface Reporter {
  readonly started: (mock: Mock, served: Served) => void;
  readonly request: (record: RequestRecord) => void;
  /** @param problem - why the changed document cannot be served; undefined if it can */
  readonly reloaded: (document: string, problem: string | undefined) => void;
  readonly ended: () => void;
  readonly verdict: (verdict: Verdict, thresholds: Thresholds, format: VerdictFormat) => void;
  /** Reports the outcome of a verdict whose details are in a file. */
  readonly verdictWritten: (file: string, missed: readonly string[]) => void;
}

/** Reports as text. */
export function reportAsText({ out, error }: Output): Reporter {
  return {
    started: (mock, served) => out(welcome(mock, served)),
    request: (record) => out(requestLine(record)),
    reloaded: (document, problem) =>
      out(
        problem === undefined
          ? `${document} has changed; the mock now serves it, with the same state.`
          : `${document} has changed but cannot be served; the mock keeps the previous version: ${problem}`,
      ),
    ended: () => error("The mock has stopped."),
    verdict: (verdict, thresholds, format) => out(printVerdict(verdict, format, thresholds)),
    verdictWritten: (file, missed) => error(`${outcome(missed)}; details are in ${file}`),
  };
}

/** Reports as JSON: one object a line, with its kind in `event`. */
export function reportAsJson({ out }: Output): Reporter {
  const line = (event: string, facts: object): void => out(JSON.stringify({ event, ...facts }));
  return {
    started: ({ url, port, rootToken, controlToken }, { stateless, document = null, examples }) =>
      line("start", { url, port, rootToken, controlToken, stateless, document, examples }),
    request: (record) => line("request", record),
    reloaded: (document, problem) => line("reload", { document, problem: problem ?? null }),
    // A program sees the end of the stream.
    ended: () => {},
    verdict: (verdict, thresholds) => line("verdict", asJson(verdict, thresholds)),
    verdictWritten: (file, missed) =>
      line("verdict", { passed: missed.length === 0, missed, file }),
  };
}

/** The text that is printed at the start. */
function welcome(
  { url, rootToken, controlToken, port }: Mock,
  { document = "the access-token endpoints", stateless, isForeign, examples, host }: Served,
): string {
  const how = isForeign
    ? "another API, with examples and no state"
    : stateless
      ? "with examples and no state"
      : "with state";
  const lack =
    examples.length === 0
      ? ""
      : `\n  no state    ${examples.join(", ")}: return examples from the document`;
  const calls = isForeign
    ? ""
    : `

  curl -H "Authorization: Bearer ${rootToken}" ${url}/v1/access-tokens
  new S2({ accessToken: "${rootToken}", endpoint: "${url}" })`;
  const isOpen = host === "0.0.0.0" || host === "::" || !isLocal(url);
  return `
S2 mock: ${document}, ${how}
  listens at  ${url}  (HTTP/1.1 and HTTP/2, with or without the base path)
  root token  ${rootToken}
  control     ${url}/__mock/  (with the bearer token ${controlToken})
  page        ${url}/${lack}${calls}

More: --help. Ctrl-C stops the mock.${isOpen ? `\n\nOther machines can reach port ${port}, and call the mock if they know the root token.` : ""}
`;
}

/** The log line of a request. */
export function requestLine(record: RequestRecord): string {
  const { at, method, path, status, milliseconds, code, reason } = record;
  const what = `${at.slice(11, 19)} ${method.padEnd(6)} ${path} ${status}`;
  const why = [code, reason].filter((part) => part !== undefined).join(": ");
  return printable(`${what} ${milliseconds.toFixed(1)} ms${why === "" ? "" : `  ${why}`}`);
}

/** Escapes control characters: a request must not be able to forge log lines or move the cursor. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => {
    return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}

function isLocal(url: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(url).hostname);
}
