import type { SchemaValidateFunction } from "ajv";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import type { Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import { Node } from "../spec/node.js";
import { referenceTo } from "../spec/pointer.js";
import type { Direction, View } from "./schema-view.js";

/** Ajv's errors for a value; empty if the value is valid. */
export type Complaints = readonly ErrorObject[];

/** Validates a value against a schema of a document. */
export type Judge = (view: View, direction: Direction, value: Json) => Complaints;

const known = new WeakMap<object, Judge>();

/** Returns the judge of a document. Judges are cached. */
export function judgeOf(document: Json): Judge {
  if (!isObject(document)) return () => [];
  const judge = known.get(document) ?? makeJudge(document);
  known.set(document, judge);
  return judge;
}

/**
 * Creates the judge of a document: Ajv with our keyword for byte lengths. It throws if Ajv cannot compile a schema,
 * which leaves a change undecided.
 */
function makeJudge(document: Json): Judge {
  const byDirection = new Map<Direction, Ajv2020>();
  const compiled = new Map<string, ValidateFunction>();
  return (view, direction, value) => {
    const [node] = view.place;
    // The placeholder for a body without a schema is not part of the document. Any value is valid.
    if (
      node === undefined ||
      !isObject(node.root().value) ||
      node.root().get("openapi") === undefined
    ) {
      return [];
    }
    const key = `${direction} ${node.at.join("\0")}`;
    const ajv = byDirection.get(direction) ?? ajvOf(document, direction);
    byDirection.set(direction, ajv);
    const validate =
      compiled.get(key) ?? ajv.compile({ $ref: `contract.json${referenceTo(node.at)}` });
    compiled.set(key, validate);
    validate(value);
    return validate.errors ?? [];
  };
}

function ajvOf(document: Json, direction: Direction): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    logger: false,
    // 0.29 is a multiple of 0.01, whatever a computer makes of it.
    multipleOfPrecision: 9,
  });
  ajvFormats.default(ajv);
  ajv.addKeyword({
    keyword: "x-contract-byte-length",
    type: "string",
    errors: true,
    validate: byteLength,
  });
  // A document is an object. Ajv only compiles the schemas that are requested.
  ajv.addSchema(ofDirection(document, direction) as object, "contract.json");
  return ajv;
}

/** Checks byte lengths. Ajv reads the errors from the function, which name the limit that is violated. */
const byteLength: SchemaValidateFunction = (
  limits: { readonly min?: number; readonly max?: number },
  text: string,
): boolean => {
  const length = Buffer.byteLength(text);
  const keywords = [
    ...(length < (limits.min ?? 0) ? ["minBytes"] : []),
    ...(length > (limits.max ?? Number.POSITIVE_INFINITY) ? ["maxBytes"] : []),
  ];
  byteLength.errors = keywords.map((keyword) => ({
    keyword,
    message: `${length} bytes`,
    params: {},
  }));
  return keywords.length === 0;
};

/** The document for one direction, without properties that only the other direction has. */
function ofDirection(document: Json, direction: Direction): Json {
  const key = direction === "request" ? "readOnly" : "writeOnly";
  if (!JSON.stringify(document).includes(`"${key}":true`)) return document;
  const root = new Node(document);
  const walk = (node: Node): Json => {
    if (Array.isArray(node.value)) return node.items().map(walk);
    if (!isObject(node.value)) return node.value;
    const hidden = new Set(
      node
        .entries("properties")
        .filter(([, one]) => one.flag(key) || one.resolve()?.flag(key) === true)
        .map(([name]) => name),
    );
    return Object.fromEntries(
      node.entries().map(([name, member]): [string, Json] => {
        if (hidden.size > 0 && name === "required") {
          return [name, node.texts("required").filter((one) => !hidden.has(one))];
        }
        return [name, walk(member)];
      }),
    );
  };
  return walk(root);
}
