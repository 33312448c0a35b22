/** What an editor shows while somebody writes against the package: hover and completion, as the language service gives them. */
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
/** In each text, `|` is the cursor. */
const before = `
import { S2 } from "../../src/index.js";
import { startMock } from "../../src/mock/index.js";
declare const client: S2;
`;
const file = path.join(import.meta.dirname, "editor-text.ts");

let text = "";
let version = 0;
const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: (name) => (name === file ? String(version) : "0"),
  getScriptSnapshot: (name) => {
    const found = name === file ? text : ts.sys.readFile(name);
    return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

/** Puts a text into the editor, and says where its cursor is. */
function open(code: string): number {
  const at = before.length + code.indexOf("|");
  text = before + code.replace("|", "");
  version += 1;
  return at;
}

/** The lines of the popup over what the cursor is on: the signature, the text, the tags. */
function hover(code: string): readonly string[] {
  const info = service.getQuickInfoAtPosition(file, open(code));
  const tags = (info?.tags ?? []).map(({ name, text }) => {
    return `@${name} ${ts.displayPartsToString(text)}`;
  });
  const parts = [
    ts.displayPartsToString(info?.displayParts),
    ts.displayPartsToString(info?.documentation),
    tags.join("\n"),
  ];
  return parts.join("\n\n").trim().split("\n");
}

/** The names that are offered at the cursor. */
function completions(code: string): readonly string[] {
  const found = service.getCompletionsAtPosition(file, open(code), undefined);
  return (found?.entries ?? []).map(({ name }) => name);
}

/** The description that a completion at the cursor has. */
function description(code: string, name: string): string {
  const details = service.getCompletionEntryDetails(
    file,
    open(code),
    name,
    undefined,
    undefined,
    undefined,
    undefined,
  );
  return ts.displayPartsToString(details?.documentation);
}

const methods = ["list", "listAll", "get", "issue", "revoke"];

describe("hover", () => {
  test.each(methods)("%s fits 25 lines, with what it throws in one", (method) => {
    const lines = hover(`client.accessTokens.|${method}`);
    expect(lines[0]).toContain(`AccessTokens.${method}(`);
    expect(lines.length).toBeLessThanOrEqual(25);
    expect(lines.filter((line) => line.startsWith("@throws")).length).toBeLessThanOrEqual(2);
    expect(lines.join("\n")).not.toMatch(/\\@|\{@/);
  });

  test("get, in full", () => {
    expect(hover("client.accessTokens.|get").join("\n")).toMatchInlineSnapshot(`
      "(method) AccessTokens.get(input: {
          readonly id: AccessTokenIdStr;
      }, options?: CallOptions): Call<AccessTokenInfo | undefined, ListAccessTokensFailure>

      Gets the item with this \`id\`, or \`undefined\`.

      It calls \`list\` with \`prefix\` set to the \`id\`, and ignores an item whose \`id\` only starts with
      it.

      @param input - The \`id\` of the item.
      @param options - Signal, headers, retry and timeouts of this call. They override the client's.
      @returns The item, or \`undefined\` if there is none.
      @throws {TypeError} The \`id\` is invalid. Nothing was sent.
      @throws {ListAccessTokensFailure} The call failed. The type lists each status."
    `);
  });

  test("the type of the failures has each status once", () => {
    const lines = hover('type Of = import("../../src/index.js").|RevokeAccessTokenFailure;');
    expect(lines.filter((line) => line.includes("`NotFoundError`"))).toHaveLength(1);
  });

  test("new S2 says what it makes", () => {
    const lines = hover("new |S2({});").join("\n");
    expect(lines).toContain("Nothing is sent until you call a method.");
    expect(lines).toContain("S2_ACCESS_TOKEN");
  });
});

describe("completion", () => {
  const places: readonly (readonly [what: string, code: string, names: readonly string[]])[] = [
    [
      "options of new S2",
      "new S2({ | });",
      [
        "accessToken",
        "endpoint",
        "allowInsecureHttp",
        "retry",
        "timeouts",
        "hooks",
        "fetch",
        "headers",
        "userAgent",
      ],
    ],
    ["retry", "new S2({ retry: { | } });", ["attempts", "baseDelay", "maxDelay"]],
    ["timeouts", "new S2({ timeouts: { | } });", ["attempt", "total"]],
    [
      "options of a call",
      "client.accessTokens.list({}, { | });",
      ["signal", "headers", "retry", "timeouts"],
    ],
    [
      "a planned fault",
      "startMock({ faults: { faults: [{ | }] } });",
      ["fault", "operation", "skip", "times", "probability"],
    ],
  ];

  test.each(places)("%s", (_, code, names) => {
    expect(completions(code)).toEqual(expect.arrayContaining([...names]));
    for (const name of names) {
      expect(description(code, name), name).not.toBe("");
    }
  });

  test.each(places.filter(([what]) => what !== "options of a call"))(
    "%s: each says its default, where it is optional",
    (_, code, names) => {
      for (const name of names.filter((one) => one !== "fault")) {
        expect(description(code, name), name).toMatch(/default/i);
      }
    },
  );

  test("the operations of a scope", () => {
    const offered = completions('client.accessTokens.issue({ id: "a", scope: { ops: ["|"] } });');
    expect(offered).toEqual(expect.arrayContaining(["list-basins", "append", "fence"]));
  });

  test("the keys of a set", () => {
    const offered = completions(
      'client.accessTokens.issue({ id: "a", scope: { ops: ["read"], streams: { | } } });',
    );
    expect(offered).toEqual(expect.arrayContaining(["exact", "prefix"]));
  });

  test("the names of faults and operations", () => {
    const faults = completions('startMock({ faults: { faults: [{ fault: "|" }] } });');
    expect(faults).toEqual(expect.arrayContaining(["reset:after", "unavailable", "unknown"]));
    const operations = completions(
      'startMock({ faults: { faults: [{ fault: "reset", operation: "|" }] } });',
    );
    expect(operations).toContain("issue_access_token");
  });
});
