import type { RequestRecord } from "../log/request-record.js";
import type { Mock } from "../server.js";
import { asJson, outcome, printVerdict, type VerdictFormat } from "../verdict/print.js";
import type { Thresholds, Verdict } from "../verdict/verdict.js";

/** Where the command writes. */
export interface Output {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

/** How the command was called. */
export interface Start {
  /** The file of the document; undefined for the one of the package. */
  readonly document: string | undefined;
  readonly host: string;
}

/** Reports events while the mock runs. */
export interface Reporter {
  readonly started: (mock: Mock, start: Start) => void;
  readonly request: (record: RequestRecord) => void;
  /** @param problem - why the changed document cannot be served; undefined if it can */
  readonly reloaded: (mock: Mock, document: string, problem: string | undefined) => void;
  readonly ended: () => void;
  readonly verdict: (verdict: Verdict, thresholds: Thresholds, format: VerdictFormat) => void;
  /** Reports the outcome of a verdict whose details are in a file. */
  readonly verdictWritten: (file: string, missed: readonly string[]) => void;
}

/** Reports as text. */
export function reportAsText({ out, error }: Output): Reporter {
  return {
    started: (mock, start) => out(welcome(mock, start)),
    request: (record) => out(requestLine(record)),
    reloaded: (mock, document, problem) =>
      out(
        problem === undefined
          ? `${document} has changed; the mock now serves it${mock.served().stateless ? "" : ", with the same state"}.`
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
    started: ({ url, port, rootToken, controlToken, served }, { document = null }) => {
      const { title, stateless, examples } = served();
      const access = { url, port, rootToken, controlToken };
      line("start", { ...access, title, stateless, document, examples });
    },
    request: (record) => line("request", record),
    reloaded: (_, document, problem) => line("reload", { document, problem: problem ?? null }),
    // A program sees the end of the stream.
    ended: () => {},
    verdict: (verdict, thresholds) => line("verdict", asJson(verdict, thresholds)),
    verdictWritten: (file, missed) =>
      line("verdict", { passed: missed.length === 0, missed, file }),
  };
}

/** The text that is printed at the start. */
function welcome(mock: Mock, { document, host }: Start): string {
  const { url, port } = mock;
  const { isForeign } = mock.served();
  const isOpen = host === "0.0.0.0" || host === "::" || !isLocal(url);
  const condition = isForeign ? "" : " if they know the root token";
  const warning = isOpen
    ? `\n\nOther machines can reach port ${port}, and call the mock${condition}.`
    : "";
  const about = isForeign ? aboutForeign(mock, document) : aboutOwn(mock, document);
  return `\n${about}\n\nMore: --help. Ctrl-C stops the mock.${warning}\n`;
}

function aboutOwn(
  { url, rootToken, controlToken, served }: Mock,
  document: string = "the access-token endpoints",
): string {
  const { stateless, examples } = served();
  const lines = [
    `S2 mock: ${document}, ${stateless ? "with examples and no state" : "with state"}`,
    `  listens at  ${url}  (HTTP/1.1 and HTTP/2, with or without the base path)`,
    `  root token  ${rootToken}`,
    `  control     ${url}/__mock/  (with the bearer token ${controlToken})`,
    `  page        ${url}/`,
  ];
  if (examples.length > 0) {
    lines.push(`  no state    ${examples.join(", ")}: return examples from the document`);
  }
  lines.push(
    "",
    `  curl -H "Authorization: Bearer ${rootToken}" ${url}/v1/access-tokens`,
    `  new S2({ accessToken: "${rootToken}", endpoint: "${url}" })`,
  );
  return lines.join("\n");
}

/** Without the root token, which another API does not have. */
function aboutForeign(
  { url, controlToken, served }: Mock,
  document: string = "a document in memory",
): string {
  const { title, operations } = served();
  return [
    `Mock of ${title}: ${operations} operation${operations === 1 ? "" : "s"}, with examples and no state`,
    `  document    ${document}`,
    `  listens at  ${url}  (HTTP/1.1 and HTTP/2, with or without the base path)`,
    `  control     ${url}/__mock/  (with the bearer token ${controlToken})`,
    `  page        ${url}/`,
  ].join("\n");
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
