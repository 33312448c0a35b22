import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readArguments } from "../../src/mock/cli/arguments.js";
import { help } from "../../src/mock/cli/help.js";
import { UsageError } from "../../src/mock/cli/usage-error.js";
import { defaultLimits } from "../../src/mock/limits.js";

type Arguments = ReturnType<typeof readArguments>;

function read(...args: string[]): Arguments["options"] {
  return readArguments(args, {}).options;
}

describe("the options that flags set", () => {
  test("the clock", () => {
    expect(read("--clock", "2100-01-01T00:00:00Z").clock).toEqual({
      mode: "fixed",
      at: "2100-01-01T00:00:00Z",
    });
    expect(read("--clock=-90m").clock).toEqual({ mode: "offset", milliseconds: -5_400_000 });
  });

  test("rules and limits", () => {
    const { rules, limits } = read(
      "--rule=cascadeRevoke=true",
      "--rule=badExpiry=bad_json",
      "--rule=operations.create-stream=stream.write",
      "--rule=operations.create-basin=basin.write",
      "--limit=maxTokens=5",
    );
    expect(rules).toMatchObject({ cascadeRevoke: true, badExpiry: "bad_json" });
    expect(rules?.operations?.["create-stream"]).toMatchObject({
      group: "stream",
      access: "write",
      certain: false,
      needs: ["basins", "streams"],
    });
    expect(rules?.operations?.["create-basin"]?.group).toBe("basin");
    expect(rules?.operations?.read?.group).toBe("stream");
    expect(limits).toEqual({ maxTokens: 5 });
  });

  test("the root token: by flag, by environment variable, and by default if that is empty", () => {
    const token = (args: string[], S2_MOCK_ROOT_TOKEN: string | undefined): string | undefined =>
      readArguments(args, { S2_MOCK_ROOT_TOKEN }).options.rootToken;
    expect(token(["--root-token", "a"], "b")).toBe("a");
    expect(token([], "b")).toBe("b");
    expect(token([], "")).toBeUndefined();
    expect(() => token([], "a b")).toThrow(/^S2_MOCK_ROOT_TOKEN: expected visible ASCII/);
  });

  test("hosts and origins, as in requests", () => {
    const hosts = ["mock", "mock.example", "10.0.0.1", "[fd00::1]", "*"];
    const origins = [
      "http://foo.com",
      "https://foo.com:8443",
      "chrome-extension://abc",
      "null",
      "*",
    ];
    const { allowedHosts, allowedOrigins } = read(
      ...hosts.map((host) => `--allow-host=${host}`),
      ...origins.map((origin) => `--allow-origin=${origin}`),
    );
    expect({ allowedHosts, allowedOrigins }).toEqual({
      allowedHosts: hosts,
      allowedOrigins: origins,
    });
  });

  test("the format of the verdict, which depends on the other output", () => {
    const form = (...args: string[]): Arguments["verdict"] => readArguments(args, {}).verdict;
    expect(form()).toBeUndefined();
    expect(form("--require", "invalid=0")).toBe("text");
    expect(form("--require", "invalid=0", "--json")).toBe("json");
    expect(form("--verdict", "junit", "--json", "--verdict-file", "x.xml")).toBe("junit");
  });
});

test.each<[string[], RegExp]>([
  [["--colour"], /--colour/],
  [["--port"], /--port/],
  [["--port", ""], /^--port: expected a number from 0 to 65535, found nothing$/],
  [["--port", "70000"], /^--port: expected a number from 0 to 65535, found 70000$/],
  [["--host", ""], /^--host: expected a name or an address of this machine, .* found nothing$/],
  [["--host", "fe80::1%lo"], /^--host: .* found fe80::1%lo$/],
  [["--root-token", ""], /^--root-token: expected visible ASCII characters/],
  [["--control-token", "a b"], /^--control-token: expected visible ASCII characters/],
  [["--root-token", "a", "--control-token", "a"], /^--control-token: this is the root token/],
  [["--control-token", "not-a-real-root-token"], /^--control-token: this is the root token/],
  [["--document", ""], /^--document: expected the name of a file$/],
  [["--faults", ""], /^--faults: expected the name of a file/],
  [["--verdict-file", ""], /^--verdict-file: expected the name of a file/],
  [["--verdict", "yaml"], /^--verdict: expected text, json, junit, found yaml$/],
  [["--verdict", "text", "--json"], /^--verdict: text cannot be printed together with --json/],
  [["--require", "operations"], /^--require: expected NAME=VALUE, found operations$/],
  [["--require", "toString=1"], /^--require toString: no such threshold/],
  [["--require", "codes=101"], /^--require codes: expected a percentage, found 101$/],
  [["--require", "codes=1", "--require", "codes=2"], /^--require codes: given more than once$/],
  [["--clock", "noon"], /^--clock: expected a time such as .* found noon$/],
  [["--clock", "+99999999999999d"], /^--clock: expected a time .* found \+99999999999999d$/],
  [["--limit", "maxTokens"], /^--limit: expected NAME=VALUE, found maxTokens$/],
  [["--limit", "maxTokens=abc"], /^--limit maxTokens: expected a positive integer, found abc$/],
  [["--limit", "maxTokens=1e3"], /^--limit maxTokens: expected a positive integer, found 1e3$/],
  [["--limit", "maxTokens=0"], /^--limit maxTokens: expected a positive integer, found 0$/],
  [["--prot", "1"], /^--prot: no such flag; did you mean --port\?$/],
  [["--verdict-fiel=x"], /^--verdict-fiel: no such flag; did you mean --verdict-file\?$/],
  [["--statless"], /^--statless: no such flag; did you mean --stateless\?$/],
  [["--root"], /^--root: no such flag; did you mean --root-token\?$/],
  [["--xyzzy"], /^--xyzzy: no such flag; --help lists them$/],
  [["-p", "1"], /^-p: no such flag; --help lists them$/],
  [["4010"], /^4010: expected a flag, such as --port 0/],
  [["--limit", "maxToken=5"], /^--limit maxToken: no such limit; did you mean maxTokens\?$/],
  [["--rule", "badExpire=invalid"], /did you mean badExpiry\?$/],
  [["--rule", "operations.create-steam=stream.write"], /did you mean create-stream\?$/],
  [["--limit", "toString=5"], /^--limit toString: no such limit; expected one of maxBodyBytes, /],
  [["--rule", "x"], /^--rule: expected NAME=VALUE, found x$/],
  [
    ["--rule", "fly=true"],
    /^--rule fly: no such rule; expected one of badExpiry, .*operations\.NAME$/,
  ],
  [["--rule", "toString=x"], /^--rule toString: no such rule/],
  [["--rule", "operations=x"], /^--rule operations: no such rule/],
  [["--rule", "badExpiry=no"], /^--rule badExpiry: expected invalid or .*, found no$/],
  [["--rule", "cascadeRevoke=yes"], /^--rule cascadeRevoke: expected true or false, found yes$/],
  [
    ["--rule", "operations.toString=stream.read"],
    /^--rule operations\.toString: no such operation/,
  ],
  [
    ["--rule", "operations.read=stream.read.x"],
    /^--rule operations\.read: expected .* found stream/,
  ],
  [["--allow-host", "mock:4010"], /^--allow-host: .* such as mock, .* found mock:4010$/],
  [["--allow-host", "a", "--allow-host", "MOCK"], /^--allow-host: .* such as mock, .* found MOCK$/],
  [["--allow-host", "http://mock"], /^--allow-host: .* such as mock, .* found http:\/\/mock$/],
  [["--allow-host", "fd00::1"], /^--allow-host: .* such as \[fd00::1\], .* found fd00::1$/],
  [["--allow-host", "*.mock"], /^--allow-host: expected a name without a port, or \* for any/],
  [["--allow-host", ""], /^--allow-host: expected .* found nothing$/],
  [["--allow-origin", "http://foo.com/"], /^--allow-origin: .* such as http:\/\/foo\.com, /],
  [["--allow-origin", "http://foo.com:80"], /^--allow-origin: .* such as http:\/\/foo\.com, /],
  [
    ["--allow-origin", "foo.com"],
    /^--allow-origin: .* such as http:\/\/foo\.com, .* found foo\.com$/,
  ],
])("%j is wrong use, told by the flag", (args, words) => {
  let thrown: unknown;
  try {
    readArguments(args, {});
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(UsageError);
  expect(String(Object(thrown).message)).toMatch(words);
});

describe.each(Object.entries(defaultLimits))("the limit %s", (name, value) => {
  test("is in the text of --help", () =>
    expect(help).toMatch(new RegExp(`\\b${name}=${value}\\b`)));

  test("is in the table of the guide, with its default", () => {
    const readme = readFileSync(new URL("../../src/mock/README.md", import.meta.url), "utf8");
    const row = new RegExp(`^\\| \`${name}\` \\| ([\\d ]+) \\|`, "m").exec(readme)?.[1];
    expect(Number(row?.replaceAll(" ", ""))).toBe(value);
  });
});
