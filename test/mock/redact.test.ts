import { Agent, request } from "node:http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RequestRecord, startMock } from "../../src/mock/index.js";
import {
  createRedactor,
  credentialsIn,
  longestLook,
  longestStart,
} from "../../src/mock/log/redact.js";
import { createSecretIndex } from "../../src/mock/log/secret-index.js";

function redactorOf(...secrets: readonly string[]): (text: string) => string {
  return createRedactor(secrets, 10).redact;
}

describe("a secret is redacted", () => {
  test.each([
    ["as it is", "canary/slash+x", "a canary/slash+x b", "a [secret] b"],
    [
      "in capitals of hex",
      "canary/slash+x",
      "/v1?prefix=canary%2Fslash%2Bx&",
      "/v1?prefix=[secret]&",
    ],
    ["in small hex", "canary/slash+x", "/v1?prefix=canary%2fslash%2bx&", "/v1?prefix=[secret]&"],
    ["escaped without need", "canaryabcdef", "/v1?prefix=c%61naryabcdef", "/v1?prefix=[secret]"],
    ["escaped twice", "canary/slash+x", "/v1/canary%252Fslash%25252bx/", "/v1/[secret]/"],
    [
      "of other letters",
      "canary-é€😀",
      "/v1/canary-%c3%a9%E2%82%AC%f0%9f%98%80/x",
      "/v1/[secret]/x",
    ],
    ["of other letters, as they are", "canary-é€😀", "é canary-é€😀 é", "é [secret] é"],
    ["after a percent sign that is none of it", "canaryabcdef", "/%canaryabcdef", "/%[secret]"],
    [
      "with an escape of its own",
      "canary%41bc",
      "/canary%41bc/canary%2541bc",
      "/[secret]/[secret]",
    ],
    ["quoted in JSON", 'canary"\\quoted', 'found "canary\\"\\\\quoted"', 'found "[secret]"'],
    ["next to itself", "canary", "canarycanary", "[secret][secret]"],
    ["that is half an emoji", "canary-\ud83d", 'a "canary-\ud83d" b', 'a "[secret]" b'],
    ["after half an emoji", "canary-secret", "\ud800canary-secret\udc00", "\ud800[secret]\udc00"],
  ])("%s", (_, secret, text, want) => {
    expect(redactorOf(secret)(text)).toBe(want);
  });

  test("if another one starts within it", () => {
    expect(redactorOf("abcdefgh", "efghijkl", "abcdefg")("1 abcdefghijkl 2")).toBe("1 [secret] 2");
  });

  test("if a message truncates it", () => {
    const secret = `canary-${"long".repeat(20)}`;
    const redact = redactorOf(secret, 'canary"quoted-and-long');
    expect(redact(`found "${secret.slice(0, 40)}…", and`)).toBe('found "[secret]…", and');
    expect(redact(`found "before-${secret.slice(0, 9)}…"`)).toBe('found "before-[secret]…"');
    expect(redact('found "canary\\"quo…"')).toBe('found "[secret]…"');
    expect(redact("%canary-longlo…")).toBe("%[secret]…");
  });

  test("if the mock issued it", () => {
    const own = "not-a-real-secret-0000000001-0123456789abcdef";
    const redact = redactorOf();
    expect(redact(`${own} not-a-real%2dsecret-00 ${own.slice(0, 40)}…`)).toBe(
      "[secret] [secret] [secret]…",
    );
  });
});

test.each(["/v1/access-tokens?prefix=ci%2F", "/%zz/%/%4", "é%C3%A9 😀…", "", "\ud800%ff"])(
  "%j has no secret, and is not changed",
  (text) => {
    expect(redactorOf("canary", "short")(text)).toBe(text);
  },
);

test("unknown bearer tokens do not evict the mock's secrets", () => {
  const { learn, redact } = createRedactor(["given-secret"], 2);
  for (const one of ["first", "second", "third"]) learn(`kept-${one}`, { keep: true });
  for (let count = 0; count < 3000; count += 1) {
    learn(`stranger-${count}`);
    // Nor does one that is used with a bearer become a stranger.
    learn("kept-second");
  }
  const known = (text: string): boolean => redact(text) !== text;
  expect(known("given-secret")).toBe(true);
  expect(["first", "second", "third"].map((one) => known(`kept-${one}`))).toEqual([
    false,
    true,
    true,
  ]);
  expect(known("stranger-2999")).toBe(true);
  expect(known("/stranger-0/")).toBe(false);
});

test.each([
  ["Bearer canary", "canary"],
  ["Basic canarybasic99", "canarybasic99"],
  ["Digest  a=b, c=d", "a=b, c=d"],
  ["canary", "canary"],
  ["Bearer", ""],
  ["", ""],
])("the credentials in %j", (header, want) => {
  expect(credentialsIn(header)).toBe(want);
});

describe("secrets with a common start", () => {
  const name = fc.array(fc.constantFrom("a", "b"), { minLength: 6, maxLength: 12 });
  const word = name.map((letters) => letters.join(""));

  test("are found as by a comparison with each of them", () => {
    fc.assert(
      fc.property(fc.array(word), fc.array(word), word, word, (added, deleted, before, after) => {
        const index = createSecretIndex();
        const known = new Set(added);
        for (const one of added) index.add(one, one.length);
        for (const one of deleted) {
          index.delete(one);
          known.delete(one);
        }
        const text = `${before}${after}…`;
        const cut = text.length - 1;
        for (let at = 0; at < text.length; at += 1) {
          const rest = text.slice(at, cut);
          const lengths = [...known].map((one) => {
            if (text.startsWith(one, at)) return one.length;
            return rest.length >= 6 && one.startsWith(rest) ? rest.length : 0;
          });
          expect(index.lengthAt(text, at, cut)).toBe(Math.max(0, ...lengths));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a very long secret", () => {
  const long = Array.from({ length: 3000 }, (_, index) => `canary-${index}`).join("");

  test.each([
    ["as it is", long],
    ["percent-encoded", [...long].map((char) => `%${char.charCodeAt(0).toString(16)}`).join("")],
    ["cut", `${long.slice(0, 40)}…`],
  ])("is redacted to its end, %s", (_, text) => {
    const { learn, redact } = createRedactor([], 10);
    learn(long);
    expect(redact(`found "${text}`)).toMatch(/^found "\[secret\]…?$/);
  });

  test("is redacted without what follows it", () => {
    const { learn, redact } = createRedactor([], 10);
    const shorter = long.slice(0, 1000);
    learn(shorter);
    expect(redact(`"${shorter}" is no limit`)).toBe('"[secret]" is no limit');
  });
});

test("a string is truncated after redaction", () => {
  const redact = redactorOf("canary-secret");
  expect(redact("x".repeat(100_000))).toBe(`${"x".repeat(2000)}…`);
  expect(redact(`${"x".repeat(1995)}canary-secret`)).toBe(`${"x".repeat(1995)}[secr…`);
  expect(redact("canary-secret".repeat(1000))).toMatch(/^(\[secret\]){150,}…$/);
});

test.each([
  ["one letter", (count: number) => `${"a".repeat(14_000)}${count}`, "a".repeat(15_000)],
  ["escapes", (count: number) => `${"%61".repeat(4000)}${count}`, "%61".repeat(5000)],
  ["nested escapes", (count: number) => `${"%25".repeat(4000)}${count}`, "%25".repeat(5000)],
  ["two letters", (count: number) => `${"ab".repeat(7000)}${count}`, "ab".repeat(7500)],
  [
    "marks of a cut",
    (count: number) => `aaaaaa${"…".repeat(4000)}${count}`,
    "aaaaaa…".repeat(2000),
  ],
])("unknown bearer tokens of %s make no request slow", (_, secret, text) => {
  const index = createSecretIndex();
  const { learn, redact } = createRedactor([], 10, index);
  const costs: number[] = [];
  for (let count = 0; count < 20; count += 1) {
    learn(secret(count));
    const before = index.compared();
    redact(text);
    costs.push(index.compared() - before);
  }
  // No more than the start of one secret at each place that is looked at, as it is and decoded, however long the string
  // and however many the secrets.
  expect(Math.max(...costs)).toBeLessThan(2 * longestLook * (longestStart + 2));
  const longer = index.compared();
  redact(text + text);
  expect(index.compared() - longer).toBeLessThanOrEqual(1.01 * (costs.at(-1) ?? 0));
});

test("records of HTTP requests contain no secret", async () => {
  const records: RequestRecord[] = [];
  const seed = "seed-canary/slash+x";
  await using mock = await startMock({
    tokens: [{ id: "seed", scope: { ops: ["read"] }, accessToken: seed }],
    onRequest: (record) => records.push(record),
  });
  const long = `canary-${"0123456789".repeat(6)}`;
  const agent = new Agent({ keepAlive: true });
  // Not by fetch, which would write some of these paths in its own way.
  const call = (path: string, authorization: string): Promise<void> =>
    new Promise((resolve, reject) => {
      request(mock.url, { path, headers: { authorization }, agent }, (response) => {
        response.resume().once("end", resolve);
      })
        .once("error", reject)
        .end();
    });
  for (let count = 0; count < 1100; count += 1) {
    await call("/nowhere", `Bearer stranger-${count}`);
  }
  await call(`/v1/access-tokens?limit=${long}`, `Bearer ${long}`);
  await call("/v1/access-tokens?prefix=seed-canary%2fslash%2bx", `Bearer ${mock.rootToken}`);
  await call(`/v1/access-tokens?limit=c%61nary-escaped`, "Bearer canary-escaped");
  await call("/v1/access-tokens/canary-in-basic", "Basic canary-in-basic");
  await call(`/v1/${mock.controlToken}`, `Bearer ${mock.rootToken}`);
  await call(`/%${seed}`, `Bearer ${mock.rootToken}`);
  agent.destroy();
  const told = records.slice(1100);
  expect(told.map(({ path }) => path)).toEqual([
    "/v1/access-tokens?limit=[secret]",
    "/v1/access-tokens?prefix=[secret]",
    "/v1/access-tokens?limit=[secret]",
    "/v1/access-tokens/[secret]",
    "/v1/[secret]",
    "/%[secret]",
  ]);
  const text = JSON.stringify([told, mock.verdict()]);
  expect(text).not.toMatch(/canary|c%61nary/);
  expect(text).not.toContain(mock.controlToken);
});
