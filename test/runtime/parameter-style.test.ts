import { describe, expect, test } from "vitest";
import {
  cookieText,
  headerText,
  type ParameterStyle,
  pathText,
  queryWriter,
} from "../../src/runtime/parameter-style.js";

const list = ["blue", "black brown"];
const object = { R: 100, G: "a&b" };

/** The table of OpenAPI 3.1 §4.8.12.4, Style Examples, with values that need encoding. */
describe.each<[ParameterStyle, string, string, string]>([
  [{}, "c=a%26b", "c=blue&c=black%20brown", "R=100&G=a%26b"],
  [{ style: "form", explode: false }, "c=a%26b", "c=blue,black%20brown", "c=R,100,G,a%26b"],
  [{ style: "spaceDelimited" }, "c=a%26b", "c=blue%20black%20brown", "c=R%20100%20G%20a%26b"],
  [{ style: "pipeDelimited" }, "c=a%26b", "c=blue%7Cblack%20brown", "c=R%7C100%7CG%7Ca%26b"],
  [{ style: "pipeDelimited", explode: true }, "c=a%26b", "c=blue&c=black%20brown", "R=100&G=a%26b"],
  [{ style: "deepObject" }, "c=a%26b", "c[0]=blue&c[1]=black%20brown", "c[R]=100&c[G]=a%26b"],
  [
    { style: "json" },
    "c=a%26b",
    "c=blue&c=black%20brown",
    `c=${encodeURIComponent(JSON.stringify(object))}`,
  ],
])("query style %j", (style, scalar, array, members) => {
  const write = queryWriter({ c: style });
  test("a scalar", () => expect(write({ c: "a&b" })).toBe(scalar));
  test("an array", () => expect(write({ c: list })).toBe(array));
  test("an object", () => expect(write({ c: object })).toBe(members));
  test("undefined", () => {
    expect(write({ c: undefined })).toBe("");
    expect(write({ c: null })).toBe("");
    expect(write({ c: [] })).toBe("");
    expect(write({ c: {} })).toBe(style.style === "json" ? "c=%7B%7D" : "");
  });
});

describe("query", () => {
  test.each([
    ["a&b", "a%26b=1"],
    ["c+d", "c%2Bd=1"],
    ["e#f", "e%23f=1"],
    ["g h", "g%20h=1"],
    ["100%", "100%25=1"],
    ["a=b", "a%3Db=1"],
    ["ü", "%C3%BC=1"],
    ["filter[name]", "filter[name]=1"],
    ["$top", "$top=1"],
    ["constructor", "constructor=1"],
    ["a%5Bb", "a%255Bb=1"],
  ])("encodes the name %s", (name, wanted) => {
    const written = queryWriter()({ [name]: 1 });
    expect(written).toBe(wanted);
    expect([...new URL(`http://h/?${written}`).searchParams]).toEqual([[name, "1"]]);
  });

  test("encodes names in every style", () => {
    expect(queryWriter({ "a&b": { style: "deepObject" } })({ "a&b": { "c&d": 1 } })).toBe(
      "a%26b[c%26d]=1",
    );
    expect(queryWriter({ x: { explode: false } })({ x: { "c&d": 1 } })).toBe("x=c%26d,1");
    expect(queryWriter()({ x: { "c&d": 1 } })).toBe("c%26d=1");
  });

  test("nests deepObject as deeply as the value", () => {
    const write = queryWriter({ f: { style: "deepObject" } });
    expect(write({ f: { a: { b: [1, { c: null, d: true }] } } })).toBe(
      "f[a][b][0]=1&f[a][b][1][d]=true",
    );
  });

  test("writes a value as JSON if the style cannot express it", () => {
    expect(queryWriter({ f: { explode: false } })({ f: [{ a: 1 }] })).toBe("f=%7B%22a%22%3A1%7D");
  });

  test("allowReserved sends reserved characters, except those that end the value", () => {
    const write = queryWriter({ p: { allowReserved: true } });
    expect(write({ p: "a/b:c?d@e!$'()*,;=[x]" })).toBe("p=a/b:c?d@e!$'()*,;=[x]");
    expect(write({ p: "a#b&c+d e%2Ff 100%" })).toBe("p=a%23b%26c%2Bd%20e%2Ff%20100%25");
  });
});

/** The same table, for paths. */
test.each<[ParameterStyle, string, string, string]>([
  [{}, "a%26b", "blue,black%20brown", "R,100,G,a%26b"],
  [{ explode: true }, "a%26b", "blue,black%20brown", "R=100,G=a%26b"],
  [{ style: "label" }, ".a%26b", ".blue,black%20brown", ".R,100,G,a%26b"],
  [{ style: "label", explode: true }, ".a%26b", ".blue.black%20brown", ".R=100.G=a%26b"],
  [{ style: "matrix" }, ";c=a%26b", ";c=blue,black%20brown", ";c=R,100,G,a%26b"],
  [{ style: "matrix", explode: true }, ";c=a%26b", ";c=blue;c=black%20brown", ";R=100;G=a%26b"],
])("path style %j", (style, scalar, array, members) => {
  expect(pathText("c", "a&b", style)).toBe(scalar);
  expect(pathText("c", list, style)).toBe(array);
  expect(pathText("c", object, style)).toBe(members);
});

test("allowReserved in a path encodes ? and #", () => {
  expect(pathText("p", "a/b?c#d", { allowReserved: true })).toBe("a/b%3Fc%23d");
});

test("headers are not percent-encoded", () => {
  expect(headerText("a b")).toBe("a b");
  expect(headerText([1, 2])).toBe("1,2");
  expect(headerText({ a: "x y", b: 2 })).toBe("a,x y,b,2");
  expect(headerText({ a: "x y", b: 2 }, true)).toBe("a=x y,b=2");
});

test("cookies", () => {
  expect(cookieText({ sid: "a;b", theme: undefined, n: 1 })).toBe("sid=a%3Bb; n=1");
  expect(cookieText({ ids: [1, 2] }, { ids: { explode: false } })).toBe("ids=1,2");
  expect(cookieText({ theme: null })).toBeUndefined();
});
