import { fileURLToPath } from "node:url";
import { bundle, loadConfig } from "@redocly/openapi-core";

/** Any JSON value, read-only. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object of unknown shape. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The methods that a path item may hold, in the order in which operations are read. */
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** An HTTP method in lower case, as OpenAPI writes it. */
export type Method = (typeof METHODS)[number];

/** One named example. `pointer` leads to the example object, after references. */
export interface ContractExample {
  readonly name: string;
  readonly value: Json;
  readonly pointer: string;
}

/** A schema and the named examples that must fit it. */
interface Exemplified {
  /** JSON pointer to the schema; a `$ref` at that place is not followed. */
  readonly schemaPointer: string;
  readonly examples: readonly ContractExample[];
}

/** A request or response body of one media type. */
export interface ContractBody extends Exemplified {
  readonly mediaType: string;
}

/** A parameter of an operation. */
export interface ContractParameter extends Exemplified {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
}

/** A header of a response. */
export interface ContractHeader extends Exemplified {
  readonly name: string;
  readonly required: boolean;
}

/** One documented answer of an operation. */
export interface ContractResponse {
  readonly status: number;
  readonly pointer: string;
  readonly headers: readonly ContractHeader[];
  /** One entry for each media type; empty when the answer has no body. */
  readonly bodies: readonly ContractBody[];
  /** The error codes that the operation can answer with at this status; empty for a success. */
  readonly errorCodes: readonly string[];
}

/** One operation with everything that it declares, references followed. */
export interface ContractOperation {
  readonly operationId: string;
  readonly method: Method;
  /** The path template, such as `/access-tokens/{id}`. */
  readonly path: string;
  readonly pointer: string;
  readonly tags: readonly string[];
  readonly parameters: readonly ContractParameter[];
  /** One entry for each media type; empty when the operation takes no body. */
  readonly requestBodies: readonly ContractBody[];
  readonly requestBodyRequired: boolean;
  readonly responses: readonly ContractResponse[];
}

/** What the contract says of one error code. */
export interface ContractError {
  readonly status: number;
  readonly retryable: boolean;
  readonly noSideEffects: boolean;
}

/** A bundled document and the parts of it that tests walk over. */
export interface Contract {
  readonly document: JsonObject;
  readonly operations: readonly ContractOperation[];
  /** The table of error codes, in the order of the document. */
  readonly errors: ReadonlyMap<string, ContractError>;
}

/** A place in the document: the JSON pointer and what is found there. */
interface Node {
  readonly pointer: string;
  readonly value: Json | undefined;
}

/** Bundles the hand-written contract into one document. Fails when a reference cannot be followed. */
export async function bundleContract(): Promise<JsonObject> {
  const config = await loadConfig({ configPath: contractFile("redocly.yaml") });
  const { bundle: bundled, problems } = await bundle({ ref: contractFile("openapi.yaml"), config });
  const messages = problems.map((problem) => problem.message);
  if (messages.length > 0) throw new Error(`openapi/ does not bundle:\n${messages.join("\n")}`);
  const document: unknown = bundled.parsed;
  if (!isJson(document) || !isJsonObject(document)) throw new Error("the bundle is not JSON");
  return document;
}

/** Parses the text of a bundled document. */
export function parseDocument(text: string): JsonObject {
  const document: unknown = JSON.parse(text);
  if (!isJson(document) || !isJsonObject(document)) throw new Error("the document is no object");
  return document;
}

/** Reads a bundled document: every operation, in the order of its paths, and the error codes. */
export function readContract(document: JsonObject): Contract {
  const reader = new Reader(document);
  return { document, operations: reader.operations(), errors: reader.errors() };
}

/** The absolute path of a file of the hand-written contract. */
export function contractFile(path: string): string {
  return fileURLToPath(new URL(`../../openapi/${path}`, import.meta.url));
}

/** The value at a JSON pointer such as `/paths/~1access-tokens/get`, or undefined. */
export function valueAt(document: JsonObject, pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const token of pointer.split("/").slice(1)) {
    value = child(value, token.replaceAll("~1", "/").replaceAll("~0", "~"));
  }
  return value;
}

/** Whether a value is an object, not an array and not null. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isJsonArray(value);
}

/** Whether a value is an array. `Array.isArray` does not narrow a read-only array. */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

class Reader {
  readonly #document: JsonObject;

  constructor(document: JsonObject) {
    this.#document = document;
  }

  operations(): readonly ContractOperation[] {
    return this.#children({ pointer: "", value: this.#document }, "paths").flatMap(([path, item]) =>
      METHODS.filter((method) => this.#get(item, method).value !== undefined).map((method) =>
        this.#operation(path, method, item),
      ),
    );
  }

  errors(): ReadonlyMap<string, ContractError> {
    const table = this.#children({ pointer: "", value: this.#document }, "x-contract-errors");
    return new Map(
      table.map(([code, entry]) => [
        code,
        {
          status: asNumber(this.#get(entry, "status")),
          retryable: asBoolean(this.#get(entry, "retryable")),
          noSideEffects: asBoolean(this.#get(entry, "noSideEffects")),
        },
      ]),
    );
  }

  #operation(path: string, method: Method, item: Node): ContractOperation {
    const node = this.#get(item, method);
    const requestBody = this.#get(node, "requestBody");
    const required = this.#get(requestBody, "required");
    return {
      operationId: asString(this.#get(node, "operationId")),
      method,
      path,
      pointer: node.pointer,
      tags: this.#items(node, "tags").map(asString),
      parameters: this.#parameters(item, node),
      requestBodies: this.#bodies(requestBody),
      requestBodyRequired: required.value !== undefined && asBoolean(required),
      responses: this.#children(node, "responses").map(([status, response]) =>
        this.#response(status, response),
      ),
    };
  }

  /** A parameter of the operation replaces one of the path item that has its name and place. */
  #parameters(item: Node, operation: Node): readonly ContractParameter[] {
    const byKey = new Map<string, ContractParameter>();
    for (const node of [
      ...this.#items(item, "parameters"),
      ...this.#items(operation, "parameters"),
    ]) {
      const required = this.#get(node, "required");
      const parameter = {
        name: asString(this.#get(node, "name")),
        in: asString(this.#get(node, "in")),
        required: required.value !== undefined && asBoolean(required),
        ...this.#exemplified(node),
      };
      byKey.set(`${parameter.in} ${parameter.name}`, parameter);
    }
    return [...byKey.values()];
  }

  #response(status: string, node: Node): ContractResponse {
    if (!/^[1-5]\d\d$/.test(status)) throw new Error(`${node.pointer}: not a status: ${status}`);
    return {
      status: Number(status),
      pointer: node.pointer,
      headers: this.#children(node, "headers").map(([name, header]) => {
        const required = this.#get(header, "required").value === true;
        return { name, required, ...this.#exemplified(header) };
      }),
      bodies: this.#bodies(node),
      errorCodes: this.#items(node, "x-contract-error-codes").map(asString),
    };
  }

  #bodies(node: Node): readonly ContractBody[] {
    return this.#children(node, "content").map(([mediaType, media]) => ({
      mediaType,
      ...this.#exemplified(media),
    }));
  }

  #exemplified(node: Node): Exemplified {
    const schemaPointer = pointerTo(node.pointer, "schema");
    if (valueAt(this.#document, schemaPointer) === undefined) {
      throw new Error(`${schemaPointer}: there is no schema`);
    }
    const examples = this.#children(node, "examples").map(([name, example]) => {
      const { value, pointer } = this.#raw(example, "value");
      if (value === undefined) throw new Error(`${pointer}: the example has no value`);
      return { name, value, pointer: example.pointer };
    });
    return { schemaPointer, examples };
  }

  #children(parent: Node, key: string): readonly (readonly [string, Node])[] {
    const node = this.#get(parent, key);
    if (node.value === undefined) return [];
    if (!isJsonObject(node.value)) throw new Error(`${node.pointer}: not an object`);
    return Object.keys(node.value).map((name) => [name, this.#get(node, name)]);
  }

  #items(parent: Node, key: string): readonly Node[] {
    const node = this.#get(parent, key);
    if (node.value === undefined) return [];
    if (!isJsonArray(node.value)) throw new Error(`${node.pointer}: not an array`);
    return node.value.map((_, index) => this.#get(node, String(index)));
  }

  /** A child, with a reference followed to the end. */
  #get(parent: Node, key: string): Node {
    let node = this.#raw(parent, key);
    const seen = new Set<string>();
    for (
      let ref = child(node.value, "$ref");
      typeof ref === "string";
      ref = child(node.value, "$ref")
    ) {
      if (!ref.startsWith("#/") || seen.has(ref))
        throw new Error(`${node.pointer}: cannot follow ${ref}`);
      seen.add(ref);
      const pointer = decodeURIComponent(ref.slice(1));
      node = { pointer, value: valueAt(this.#document, pointer) };
      if (node.value === undefined) throw new Error(`${pointer}: nothing is there`);
    }
    return node;
  }

  /** A child as it stands: examples are data, in which `$ref` is a key like any other. */
  #raw(parent: Node, key: string): Node {
    return { pointer: pointerTo(parent.pointer, key), value: child(parent.value, key) };
  }
}

function pointerTo(parent: string, key: string): string {
  return `${parent}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function child(value: Json | undefined, key: string): Json | undefined {
  if (isJsonArray(value)) return value[Number(key)];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isJson(value: unknown): value is Json {
  if (value === null || ["boolean", "number", "string"].includes(typeof value)) return true;
  return typeof value === "object" && Object.values(value).every(isJson);
}

function asString({ value, pointer }: Node): string {
  if (typeof value !== "string") throw new Error(`${pointer}: not a string`);
  return value;
}

function asNumber({ value, pointer }: Node): number {
  if (typeof value !== "number") throw new Error(`${pointer}: not a number`);
  return value;
}

function asBoolean({ value, pointer }: Node): boolean {
  if (typeof value !== "boolean") throw new Error(`${pointer}: not a boolean`);
  return value;
}
