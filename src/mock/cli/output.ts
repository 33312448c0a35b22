import type { RequestRecord } from "../log/request-record.js";
import type { Mock } from "../server.js";
import { asJson, outcome, printVerdict, type VerdictFormat } from "../verdict/print.js";
import type { Thresholds, Verdict } from "../verdict/verdict.js";

/** Where the command writes. */
export interface Output {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

/** What is served, as it was asked for. */
export interface Served {
  readonly document: string | undefined;
  readonly stateless: boolean;
  /** Whether the document is of another API, for which there is no state. */
  readonly isForeign: boolean;
  /** Ids of the operations that are answered with examples, though the others have a state. */
  readonly examples: readonly string[];
  readonly host: string;
}

/** Tells what happens while the mock runs. */
export interface Reporter {
  readonly started: (mock: Mock, served: Served) => void;
  readonly request: (record: RequestRecord) => void;
  /** @param problem - why the document cannot be served as it is now; undefined where it is served. */
  readonly reloaded: (document: string, problem: string | undefined) => void;
  readonly ended: () => void;
  readonly verdict: (verdict: Verdict, thresholds: Thresholds, format: VerdictFormat) => void;
  /** The verdict is in a file. Who watches the terminal learns what it comes to. */
  readonly verdictWritten: (file: string, missed: readonly string[]) => void;
}

/** For a person. */
export function reportAsText({ out, error }: Output): Reporter {
  return {
    started: (mock, served) => out(welcome(mock, served)),
    request: (record) => out(requestLine(record)),
    reloaded: (document, problem) =>
      out(
        problem === undefined
          ? `${document} has changed and is served from now on; the state is kept.`
          : `${document} has changed and cannot be served, the one before is: ${problem}`,
      ),
    ended: () => error("The mock has ended."),
    verdict: (verdict, thresholds, format) => out(printVerdict(verdict, format, thresholds)),
    verdictWritten: (file, missed) => error(`${outcome(missed)}; details are in ${file}`),
  };
}

/** For a program: one object a line, whose `event` says what it tells. */
export function reportAsJson({ out }: Output): Reporter {
  const line = (event: string, facts: object): void => out(JSON.stringify({ event, ...facts }));
  return {
    started: ({ url, port, rootToken, controlToken }, { stateless, document = null, examples }) =>
      line("start", { url, port, rootToken, controlToken, stateless, document, examples }),
    request: (record) => line("request", record),
    reloaded: (document, problem) => line("reload", { document, problem: problem ?? null }),
    // The end of the stream says so.
    ended: () => {},
    verdict: (verdict, thresholds) => line("verdict", asJson(verdict, thresholds)),
    verdictWritten: (file, missed) =>
      line("verdict", { passed: missed.length === 0, missed, file }),
  };
}

/** The lines that a person reads at the start. */
function welcome(
  { url, rootToken, controlToken, port }: Mock,
  { document = "the access-token endpoints", stateless, isForeign, examples, host }: Served,
): string {
  const how = isForeign
    ? "another API, as examples, without state"
    : stateless
      ? "as examples, without state"
      : "with state";
  const lack =
    examples.length === 0
      ? ""
      : `\n  no state    ${examples.join(", ")}: answered with examples of the document`;
  const calls = isForeign
    ? ""
    : `

  curl -H "Authorization: Bearer ${rootToken}" ${url}/v1/access-tokens
  new S2({ accessToken: "${rootToken}", endpoint: "${url}" })`;
  const isOpen = host === "0.0.0.0" || host === "::" || !isLocal(url);
  return `
S2 mock: ${document}, ${how}
  listens at  ${url}  (HTTP/1.1 and HTTP/2, with the base path or without)
  root token  ${rootToken}
  control     ${url}/__mock/  (with the bearer ${controlToken})
  page        ${url}/${lack}${calls}

More: --help. Ctrl-C ends the mock.${isOpen ? `\n\nOther machines can reach port ${port}: whoever knows the root token can call.` : ""}
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
