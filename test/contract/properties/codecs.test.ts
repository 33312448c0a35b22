import fc from "fast-check";
import { describe, test } from "vitest";
import { buildApi } from "../../../scripts/model/build.js";
import { same } from "../checks/claim.js";
import { codecOf, committedClient } from "../checks/client.js";
import { judgeOf } from "../checks/judge.js";
import { current } from "../released.js";
import { asAnswered, asInput } from "../wire-values.js";
import { wireArbitrary } from "./wire-arbitrary.js";

const judge = judgeOf(current);
const client = await committedClient();
const models = buildApi(current).api.models.flatMap(({ name, schema, answered, inputName }) => {
  const decode = codecOf(client, "decode", name);
  const encode = codecOf(client, "encode", name);
  if (!answered || inputName === undefined || decode === undefined || encode === undefined)
    return [];
  return [{ name, pointer: `/components/schemas/${schema}`, decode, encode }];
});

describe("models that are both sent and received", () => {
  test("there are some", () => {
    same(models.length > 1, true, "whether there are models");
  });

  test.each(models)("decode(encode(x)) is x for every $name of an answer", (model) => {
    const { pointer, decode, encode } = model;
    fc.assert(
      fc.property(wireArbitrary(current, judge, pointer), (wire) => {
        const value = decode(wire);
        same(decode(encode(value)), value, "value");
      }),
      { numRuns: 300 },
    );
  });

  test.each(models)("decode(encode(x)) is x with what it leaves out, for every $name", (model) => {
    const { pointer, decode, encode } = model;
    fc.assert(
      fc.property(wireArbitrary(current, judge, pointer), (wire) => {
        const input = asInput(current, pointer, wire);
        same(decode(encode(input)), asAnswered(current, pointer, wire), "value");
      }),
      { numRuns: 300 },
    );
  });
});
