/** What an editor shows while somebody writes against the package: hover and completion, as the language service gives them. */
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { service, withText } from "../project.js";

/** In each text, `|` is the cursor. */
const before = `
import { S2 } from "../../src/index.js";
import { startMock } from "../../src/mock/index.js";
declare const client: S2;
`;
/** Looks at a text in the editor: the file, and where its cursor is. */
function open<Value>(code: string, look: (file: string, at: number) => Value): Value {
  const at = before.length + code.indexOf("|");
  return withText(before + code.replace("|", ""), (file) => look(file, at));
}

/** The lines of the popup over what the cursor is on: the signature, the text, the tags. */
function hover(code: string): readonly string[] {
  const info = open(code, (file, at) => service.getQuickInfoAtPosition(file, at));
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

/** What is offered at the cursor: descriptions by name. */
function completions(code: string): ReadonlyMap<string, string> {
  return open(code, (file, at) => {
    const { entries = [] } = service.getCompletionsAtPosition(file, at, undefined) ?? {};
    const describe = (name: string): string =>
      ts.displayPartsToString(
        service.getCompletionEntryDetails(file, at, name, {}, undefined, undefined, undefined)
          ?.documentation,
      );
    // In a place that takes any expression, everything is offered.
    const few = entries.length > 200 ? [] : entries;
    return new Map(few.map(({ name }) => [name, describe(name)]));
  });
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
    const offered = completions(code);
    expect([...offered.keys()]).toEqual(expect.arrayContaining([...names]));
    for (const name of names) expect(offered.get(name), name).not.toBe("");
  });

  test.each(places.filter(([what]) => what !== "options of a call"))(
    "%s: each says its default, where it is optional",
    (_, code, names) => {
      const offered = completions(code);
      for (const name of names.filter((one) => one !== "fault")) {
        expect(offered.get(name), name).toMatch(/default/i);
      }
    },
  );

  test("the operations of a scope", () => {
    const offered = completions('client.accessTokens.issue({ id: "a", scope: { ops: ["|"] } });');
    expect([...offered.keys()]).toEqual(expect.arrayContaining(["list-basins", "append", "fence"]));
  });

  test("the keys of a set", () => {
    const offered = completions(
      'client.accessTokens.issue({ id: "a", scope: { ops: ["read"], streams: { | } } });',
    );
    expect([...offered.keys()]).toEqual(expect.arrayContaining(["exact", "prefix"]));
  });

  test("the names of faults and operations", () => {
    const faults = completions('startMock({ faults: { faults: [{ fault: "|" }] } });');
    expect([...faults.keys()]).toEqual(
      expect.arrayContaining(["reset:after", "unavailable", "unknown"]),
    );
    const operations = completions(
      'startMock({ faults: { faults: [{ fault: "reset", operation: "|" }] } });',
    );
    expect([...operations.keys()]).toContain("issue_access_token");
  });
});
