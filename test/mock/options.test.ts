import { expect, test } from "vitest";
import { type MockOptions, startMock } from "../../src/mock/index.js";

// What a caller without types may give.
const untyped = (options: unknown): MockOptions => Object(options);

test.each<[unknown, RegExp]>([
  [{ bogus: 1 }, /^bogus: no such option; expected one of port, host, rootToken, /],
  [{ toString: 1 }, /^toString: no such option/],
  [[], /^options: expected an object, found \[\]$/],
  [{ port: 70_000 }, /^port: expected an integer from 0 to 65535, found 70000$/],
  [{ port: -1 }, /^port: /],
  [{ port: "4010" }, /^port: expected an integer from 0 to 65535, found 4010$/],
  [{ host: "" }, /^host: expected a name or an address .* found nothing$/],
  [{ host: 1 }, /^host: /],
  [{ rootToken: "" }, /^rootToken: expected visible ASCII/],
  [{ rootToken: 5 }, /^rootToken: expected visible ASCII/],
  [{ controlToken: "a b" }, /^controlToken: expected visible ASCII/],
  [{ rootToken: "a", controlToken: "a" }, /^controlToken: this is the root token/],
  [{ controlToken: "not-a-real-root-token" }, /^controlToken: this is the root token/],
  [{ stateless: "no" }, /^stateless: expected true or false, found no$/],
  [{ tokens: "a" }, /^tokens: expected an array, found a$/],
  [{ tokens: [null] }, /^tokens\[0\]: expected an object, found null$/],
  [{ rules: true }, /^rules: expected an object, found true$/],
  [{ clock: null }, /^clock: expected an object, found null$/],
  [{ faults: [] }, /^faults: expected an object, found \[\]$/],
  [{ limits: "big" }, /^limits: expected an object, found big$/],
  [{ document: null }, /^document: expected an OpenAPI document, as an object, found null$/],
  [{ allowedHosts: "foo" }, /^allowedHosts: expected an array, found foo$/],
  [{ allowedHosts: ["a", "foo:80"] }, /^allowedHosts\[1\]: .* such as foo, .* found foo:80$/],
  [{ allowedOrigins: ["http://a/"] }, /^allowedOrigins\[0\]: .* such as http:\/\/a, /],
  [{ allowedOrigins: [1] }, /^allowedOrigins\[0\]: /],
  [{ onRequest: "log" }, /^onRequest: expected a function, found log$/],
])("startMock(%j) is a TypeError that names the option", async (options, words) => {
  const started = startMock(untyped(options));
  await expect(started).rejects.toThrow(TypeError);
  await expect(started).rejects.toThrow(words);
});

test("an option that is undefined counts as missing", async () => {
  const names = ["port", "host", "rootToken", "controlToken", "tokens", "rules", "allowedHosts"];
  const mock = await startMock(Object.fromEntries(names.map((name) => [name, undefined])));
  expect(mock.rootToken).toBe("not-a-real-root-token");
  await mock.stop();
});
