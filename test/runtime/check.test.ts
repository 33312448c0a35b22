/** The parts of the runtime that the contract at hand does not use, and other documents do. */
import { describe, expect, test } from "vitest";
import {
  asArray,
  asBoolean,
  asInteger,
  asNumber,
  asRecord,
  asString,
  asTuple,
  nested,
  noBranch,
} from "../../src/runtime/check.js";
import { type Connection, serverUrl } from "../../src/runtime/connection.js";
import {
  above,
  asPathSegment,
  asServerVariable,
  asText,
  atLeast,
  atMost,
  below,
  between,
  byteCount,
  characterCount,
  itemCount,
  type Limit,
  matching,
  multipleOf,
  noneOf,
  within,
  withoutNul,
} from "../../src/runtime/limits.js";
import { defaultPolicy } from "../../src/runtime/policy.js";
import type { RawClient } from "../../src/runtime/raw-client.js";
import { ValidationError } from "../../src/runtime/validation-error.js";
import { thrown, untyped } from "./harness.js";

function mismatch(run: () => unknown): ValidationError {
  const error = thrown(run);
  if (error instanceof ValidationError) return error;
  throw error;
}

describe("the place of a violation", () => {
  test("is a JSON pointer in responses and a property path in inputs", () => {
    const read = (value: readonly unknown[]): unknown =>
      asRecord({ "a/b": { "~": value } }, "map", (inner) =>
        nested(inner, "deep", (record) =>
          asRecord(record, undefined, (list) =>
            asArray(list, undefined, (item) => asString(untyped<string>(item))),
          ),
        ),
      );
    expect(read(["x"])).toEqual({ "a/b": { "~": ["x"] } });
    const error = mismatch(() => read(["x", 1]));
    expect(error.pointer).toBe("/map/a~1b/deep/~0/1");
    expect(error.field).toBe("map.a/b.deep.~[1]");
    expect(error.found).toBe("a number");
  });

  test("is empty for the whole value", () => {
    const error = mismatch(() => asString(untyped(null)));
    expect([error.pointer, error.field, error.found]).toEqual(["", "", "null"]);
    expect(noBranch(undefined, "a cat or a dog")).toMatchObject({ found: "nothing", pointer: "" });
  });
});

describe("a map", () => {
  test("keeps every key, __proto__ and constructor included", () => {
    const given: Record<string, number> = JSON.parse('{"__proto__":1,"constructor":2,"a":3}');
    const read = asRecord(given, undefined, (value) => asNumber(value) * 10);
    expect(Object.entries(read)).toEqual([
      ["__proto__", 10],
      ["constructor", 20],
      ["a", 30],
    ]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  test.each([null, [], "x", undefined])("is not %j", (value) => {
    expect(
      mismatch(() => asRecord(untyped<Record<string, unknown>>(value), "map", (item) => item))
        .pointer,
    ).toBe("/map");
  });
});

describe("a number", () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, "1", null, 1n])("is not %s", (value) => {
    expect(mismatch(() => asNumber(untyped(value), "n")).pointer).toBe("/n");
    expect(mismatch(() => asInteger(untyped(value), "n")).pointer).toBe("/n");
  });

  test.each([0, -0, 2 ** 53, -(2 ** 63), 2 ** 64, 1e21, Number.MAX_VALUE])(
    "is an integer: %d",
    (value) => {
      expect(asInteger(value)).toBe(value);
    },
  );

  test.each([0.5, -1e-7, Number.NaN, Number.POSITIVE_INFINITY])(
    "is not an integer: %d",
    (value) => {
      const { expected, found } = mismatch(() => asInteger(value));
      expect({ expected, found }).toEqual({ expected: "an integer", found: String(value) });
    },
  );
});

describe("a tuple", () => {
  const pair = [asString, asNumber];

  test("has exactly its length", () => {
    expect(asTuple(["a", 1], 2, pair)).toEqual(["a", 1]);
    expect(mismatch(() => asTuple(["a"], 2, pair))).toMatchObject({
      expected: "an array of 2",
      found: "an array of 1",
    });
    expect(mismatch(() => asTuple(["a", 1, 2], 2, pair)).found).toBe("an array of 3");
    expect(mismatch(() => asTuple({ length: 2 }, 2, pair)).expected).toBe("an array");
  });

  test("names the invalid element", () => {
    expect(mismatch(() => asTuple(["a", "b"], 2, pair))).toMatchObject({ pointer: "/1" });
  });

  test("may have optional elements and a rest of one type", () => {
    expect(asTuple(["a"], 1, pair)).toEqual(["a"]);
    expect(mismatch(() => asTuple([], 1, pair)).expected).toBe("an array of 1 to 2 items");
    expect(asTuple(["a", 1, true, false], 0, pair, asBoolean)).toEqual(["a", 1, true, false]);
    expect(mismatch(() => asTuple(["a", 1, "b"], 0, pair, asBoolean)).pointer).toBe("/2");
    expect(mismatch(() => asTuple([], 1, pair, asBoolean)).expected).toBe(
      "an array of at least 1 items",
    );
  });
});

describe("a path segment without a schema", () => {
  test.each(["", ".", ".."])("is not %j", (value) => {
    const error = mismatch(() => asPathSegment(value, "name"));
    expect(error.expected).toBe('a path segment: not "", "." nor ".."');
    expect(error.field).toBe("name");
  });

  test.each([null, undefined, {}, []])("rejects a value that is not a scalar: %s", (value) => {
    const error = mismatch(() => asPathSegment(value, "name"));
    expect(error.expected).toBe("a string, a number or a boolean");
  });

  test.each(["...", ".a", "%2e", 0, false])("may be %j", (value) => {
    expect(asPathSegment(value, "name")).toBe(value);
  });
});

describe("limits", () => {
  test("in characters count code points, and patterns have the u flag", () => {
    expect(within("😀😀", [characterCount(0, 2)])).toBe("😀😀");
    expect(mismatch(() => within("😀", [characterCount(2)]))).toMatchObject({
      expected: "at least 2 characters",
      found: "1",
    });
    expect(within("😀", [matching("^.$")])).toBe("😀");
  });
});

describe("a variable of a server URL", () => {
  const connection: Connection = {
    client: untyped<RawClient>(undefined),
    fetch: async () => Response.error(),
    authorize: () => undefined,
    baseUrl: "https://account.example",
    policy: defaultPolicy,
    hooks: {},
    servers: { "https://{basin}.b.example/v1": "http://127.0.0.1:4010/{basin}" },
  };

  test.each(["my-basin", "a.b", "a_b~c", "1"])("may be %j", (value) => {
    expect(asServerVariable(value, "basin")).toBe(value);
  });

  test.each(["", "a/b", "evil.com/", "a@b", "a:1", "a?b", "a#b", "a b", "a\n", "é", "%41", 5])(
    "is not %j: it could lead to another host",
    (value) => {
      expect(mismatch(() => asServerVariable(untyped(value), "basin")).field).toBe("basin");
    },
  );

  test("fills the URL template or the base URL option", () => {
    const variables = { basin: "mine", $: "x" };
    expect(serverUrl(connection, "https://{basin}.b.example/v1", variables)).toBe(
      "http://127.0.0.1:4010/mine",
    );
    expect(serverUrl(connection, "https://{basin}.other/{zone}", variables)).toBe(
      "https://mine.other/{zone}",
    );
  });
});

describe("limits of numbers and arrays", () => {
  test.each<[number, Limit<number>, string]>([
    [1, above(1), "a number above 1"],
    [1, below(1), "a number below 1"],
    [7, multipleOf(5), "a number that is a multiple of 5"],
    [0.35, multipleOf(0.1), "a number that is a multiple of 0.1"],
    [3, atLeast(4), "a number of at least 4"],
    [5, atMost(4), "a number of at most 4"],
    [3, between(1, 2), "a number from 1 to 2"],
    [0, between(1, 2), "a number from 1 to 2"],
  ])("%d is refused: case %#", (value, limit, expected) => {
    expect(mismatch(() => within(value, [limit], "n"))).toMatchObject({
      expected,
      found: String(value),
      field: "n",
    });
  });

  test.each<[number, readonly Limit<number>[]]>([
    [2, [above(1), below(3)]],
    [0.3, [multipleOf(0.1)]],
    [-15, [multipleOf(5)]],
    [0, [multipleOf(5)]],
    [1, [between(1, 1)]],
    [4, [atLeast(4), atMost(4)]],
  ])("%d passes: case %#", (value, limits) => {
    expect(within(value, limits)).toBe(value);
  });

  test("the limits of array lengths are inclusive", () => {
    const limits = [itemCount(1, 2)];
    expect(within([1], limits)).toEqual([1]);
    expect(within([1, 2], limits)).toEqual([1, 2]);
    expect(mismatch(() => within([], limits, "list"))).toMatchObject({
      expected: "from 1 to 2 items",
      found: "0",
      field: "list",
    });
    expect(mismatch(() => within([1, 2, 3], [itemCount(0, 2)])).expected).toBe("at most 2 items");
  });

  test.each<[string, Limit<string>, string, string]>([
    ["", byteCount(1, 4), "from 1 to 4 bytes of UTF-8", "0"],
    ["ééé", byteCount(1, 4), "from 1 to 4 bytes of UTF-8", "6"],
    ["😀é", byteCount(0, 5), "at most 5 bytes of UTF-8", "6"],
    [".", noneOf(".", ".."), 'neither "." nor ".."', '"."'],
    ["ab", matching("^a$"), "a string that matches ^a$", "one that does not"],
  ])("%j is refused: case %#", (text, limit, expected, found) => {
    expect(mismatch(() => within(text, [limit], "s"))).toMatchObject({ expected, found });
  });

  test.each<[string, Limit<string>]>([
    ["é", byteCount(2, 2)],
    ["😀", byteCount(4, 4)],
    ["...", noneOf(".", "..")],
    ["", withoutNul],
  ])("%j passes: case %#", (text, limit) => {
    expect(within(text, [limit])).toBe(text);
  });

  test("a lone surrogate is not a valid string", () => {
    expect(asText("😀")).toBe("😀");
    expect(mismatch(() => asText("a\ud83d", "s"))).toMatchObject({
      expected: "well-formed Unicode",
      found: "a lone surrogate",
    });
  });

  test("the error names a character that the pattern forbids", () => {
    expect(mismatch(() => within("a\0", [withoutNul]))).toMatchObject({
      expected: "a string without NUL",
      found: "one with it",
    });
  });
});
