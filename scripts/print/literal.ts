import type { Api, Example, Json, Method, Property, Shape } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import { key, quote } from "./escape.js";

/** The argument of a call, printed from an example of the contract, with TypeScript names and `Date`s. */
export function exampleArgument(api: Api, method: Method, example: Example): string {
  const { parameters, body } = method.input;
  const members = parameters.flatMap((parameter): [string, string][] => {
    const value = example.parameters[parameter.wireName];
    return value === undefined ? [] : [[parameter.name, print(api, parameter.shape, value)]];
  });
  if (body !== undefined && example.body !== undefined) {
    const fields = body.placement === "input" ? resolve(api, body.shape) : undefined;
    if (fields?.kind === "object")
      members.push(...objectMembers(api, fields.properties, example.body));
    else members.push(["body", print(api, body.shape, example.body)]);
  }
  return members.length === 0 ? "" : braces(members);
}

function print(api: Api, shape: Shape, value: Json): string {
  if (value === null) return "null";
  switch (shape.kind) {
    case "ref":
      return print(api, resolve(api, shape), value);
    case "nullable":
      return print(api, shape.shape, value);
    case "dateTime":
      return typeof value === "string" ? `new Date(${quote(value)})` : scalar(value);
    case "array":
      return brackets(
        Array.isArray(value) ? value.map((item) => print(api, shape.items, item)) : [],
      );
    case "tuple": {
      const items = Array.isArray(value) ? value : [];
      return brackets(shape.items.map((item, index) => print(api, item, items[index] ?? null)));
    }
    case "record":
      return isObject(value)
        ? braces(
            Object.entries(value).map(([name, item]) => [name, print(api, shape.values, item)]),
          )
        : scalar(value);
    case "object":
      return braces(objectMembers(api, shape.properties, value));
    case "union": {
      const branch = shape.branches.find(({ when }) => {
        if (when.by === "type") return jsonType(value) === when.type;
        if (!isObject(value)) return false;
        if (when.by === "trial") return false;
        return when.by === "key" ? when.wireName in value : value[when.wireName] === when.value;
      });
      return branch === undefined ? scalar(value) : print(api, branch.shape, value);
    }
    default:
      return scalar(value);
  }
}

function objectMembers(api: Api, properties: readonly Property[], value: Json): [string, string][] {
  if (!isObject(value)) return [];
  return properties.flatMap((property): [string, string][] => {
    const member = value[property.wireName];
    return member === undefined ? [] : [[property.name, print(api, property.shape, member)]];
  });
}

function resolve(api: Api, shape: Shape): Shape {
  if (shape.kind !== "ref") return shape;
  const model = api.models.find(({ name }) => name === shape.model);
  return model === undefined ? shape : resolve(api, model.shape);
}

function jsonType(value: Json): string {
  return Array.isArray(value) ? "array" : typeof value;
}

function scalar(value: Json): string {
  return typeof value === "string" ? quote(value) : JSON.stringify(value);
}

function braces(members: readonly (readonly [string, string])[]): string {
  return enclose(
    "{",
    members.map(([name, value]) => `${key(name)}: ${value}`),
    "}",
    " ",
  );
}

function brackets(items: readonly string[]): string {
  return enclose("[", items, "]", "");
}

/** Prints a list on one line if it is short, like the formatter. */
function enclose(open: string, parts: readonly string[], close: string, space: string): string {
  if (parts.length === 0) return `${open}${close}`;
  const line = `${open}${space}${parts.join(", ")}${space}${close}`;
  if (line.length <= 72 && !line.includes("\n")) return line;
  return `${open}\n${parts.map((part) => `  ${part.replaceAll("\n", "\n  ")},`).join("\n")}\n${close}`;
}
