import fc, { type Arbitrary } from "fast-check";
import type { Api, Property, Shape } from "../../../scripts/model/api.js";

/**
 * Any value that the type of a shape allows in a request. Read from the model that types are printed from, because
 * limits that types cannot say do not count here: any text, any number, any `Date`.
 */
export function inputArbitrary(api: Api, shape: Shape): Arbitrary<unknown> {
  const inner = (other: Shape): Arbitrary<unknown> => inputArbitrary(api, other);
  switch (shape.kind) {
    case "string":
      return fc.oneof(
        fc.string({ unit: "binary", maxLength: 120 }),
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("", ".", "..", "a/b", "\ud800", "a".repeat(97), "é".repeat(49)),
      );
    case "dateTime":
      return fc.oneof(
        fc.date(),
        fc.date().map((date) => date.getTime()),
        fc.double(),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        fc.string(),
      );
    case "number":
      return fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger());
    case "binary":
      return fc.string().map((text) => new Blob([text]));
    case "boolean":
      return fc.boolean();
    case "enum":
    case "literal":
      return fc.constantFrom<string | number | boolean>(...shape.values);
    case "null":
      return fc.constant(null);
    case "unknown":
      return fc.jsonValue();
    case "array":
      return fc.array(inner(shape.items), { maxLength: 5 });
    case "tuple":
      return fc.tuple(...shape.items.map(inner));
    case "record":
      return fc.dictionary(fc.string(), inner(shape.values));
    case "nullable":
      return fc.option(inner(shape.shape), { nil: null });
    case "ref":
      return inner(modelShape(api, shape.model));
    case "object":
      return members(api, shape.properties);
    case "union":
      return fc.oneof(...shape.branches.map((branch) => inner(branch.shape)));
  }
}

/** An object with these members; optional ones may be missing or `undefined`. */
export function members(api: Api, properties: readonly Property[]): Arbitrary<unknown> {
  const arbitraries = properties.map(({ name, required, shape }) => {
    const value = inputArbitrary(api, shape);
    return [name, required ? value : fc.option(value, { nil: undefined })] as const;
  });
  const requiredKeys = properties.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(Object.fromEntries(arbitraries), { requiredKeys });
}

function modelShape(api: Api, name: string): Shape {
  const model = api.models.find((one) => one.name === name);
  if (model === undefined) throw new Error(`the model lacks ${name}`);
  return model.shape;
}
