/** Generates clients in memory, to run the old one and to compile both. */
import path from "node:path";
import { httpMethods, type Json } from "../model/api.js";
import { projectRoot } from "../project.js";
import { isObject } from "../spec/canonical.js";
import { Node } from "../spec/node.js";
import { objectOf, readOperations } from "./operations.js";

/** A generated client: its sources by path, and the names in it. */
export interface GeneratedClient {
  readonly sources: ReadonlyMap<string, string>;
  /** `resource.method` of each operation, by its key in the document. */
  readonly methods: ReadonlyMap<string, string>;
  /** Name of the type of each component. */
  readonly types: ReadonlyMap<string, string>;
  /** Name of the class of each error status. */
  readonly errors: ReadonlyMap<string, string>;
  /** Name of the option of each security scheme. */
  readonly credentials: ReadonlyMap<string, string>;
  /** Names of properties and parameters in code, by wire name. */
  readonly names: ReadonlyMap<string, string>;
}

/** A stub for the wire types, which only the raw client exposes. */
const noWireTypes = `export interface paths {}
export interface operations {}
export interface components {}
`;

/**
 * Generates the client of some operations of a document. Operations that cannot be generated are left out, so they are
 * not tested.
 *
 * @param operations - keys of the operations to include
 */
export async function generateClient(
  document: Json,
  operations: ReadonlySet<string>,
): Promise<GeneratedClient | undefined> {
  // Import late: the printer of TypeScript is the heaviest part of the generator.
  const [{ buildApi }, { emitFiles }] = await Promise.all([
    import("../model/build.js"),
    import("../pipeline.js"),
  ]);
  const wanted = withNamedResponses(onlyOperations(document, operations));
  const spec = path.join(projectRoot, "openapi", "openapi.yaml");
  try {
    const { api } = buildApi(wanted, { strict: false });
    const out = path.join(projectRoot, "generated");
    const files = await emitFiles(api, wanted, spec, out, async () => [
      { path: "wire.ts", text: noWireTypes },
    ]);
    const sources = files.filter((file) => file.path.endsWith(".ts"));
    const keys = new Map(
      readOperations(new Node(wanted)).map((one) => [`${one.method} ${one.path}`, one.key]),
    );
    return {
      sources: new Map(sources.map((file) => [file.path, file.text])),
      methods: new Map(
        api.resources.flatMap(({ property, methods }) =>
          methods.map(({ http, path: at, name }) => [
            keys.get(`${http} ${at}`) ?? "",
            `${property}.${name}`,
          ]),
        ),
      ),
      errors: new Map(
        api.errors.statuses.map(({ status, className }) => [String(status), className]),
      ),
      credentials: new Map(api.security.schemes.map(({ name, option }) => [name, option])),
      types: new Map(api.models.map(({ schema, name }) => [schema, name])),
      names: new Map(namesIn(api as unknown as Json)),
    };
  } catch (error) {
    // No client exists for a document that cannot be generated, so only values can prove changes.
    if (error instanceof Error && error.name === "SpecError") return undefined;
    throw error;
  }
}

/** The document with these operations only, so that the time depends on the change and not on the document. */
function onlyOperations(document: Json, keys: ReadonlySet<string>): Json {
  const wanted = new Set(
    readOperations(new Node(document))
      .filter(({ key, incoming }) => keys.has(key) && !incoming)
      .map(({ method, path: at }) => `${method} ${at}`),
  );
  const { paths, webhooks: _, ...rest } = objectOf(document);
  const kept = Object.entries(objectOf(paths)).flatMap(([at, item]): [string, Json][] => {
    const resolved = new Node(document, item, ["paths", at]).resolve();
    const methods: readonly string[] = httpMethods;
    const members = Object.entries(objectOf(resolved?.value)).filter(
      ([key]) => !methods.includes(key) || wanted.has(`${key} ${at}`),
    );
    return members.some(([key]) => methods.includes(key))
      ? [[at, Object.fromEntries(members)]]
      : [];
  });
  return { ...rest, paths: Object.fromEntries(kept) };
}

/** Moves the schema of each JSON response to the components, so that each has a decoder. */
function withNamedResponses(document: Json): Json {
  const { components, ...rest } = objectOf(document);
  const { schemas, ...others } = objectOf(components);
  const added: Record<string, Json> = {};
  const walk = (value: Json, at: readonly string[]): Json => {
    if (Array.isArray(value)) return value.map((item) => walk(item, at));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]): [string, Json] => {
        const here = [...at, key];
        const isResponse = here.at(-4)?.startsWith("2") === true || here[3] === "responses";
        const isBare = isObject(member) && member["$ref"] === undefined;
        if (key !== "schema" || at.at(-2) !== "content" || !isResponse || !isBare) {
          return [key, walk(member, here)];
        }
        const name = responseName(here);
        added[name] = member;
        return [key, { $ref: `#/components/schemas/${name}` }];
      }),
    );
  };
  const paths = walk(objectOf(document)["paths"] ?? {}, ["paths"]);
  return { ...rest, paths, components: { ...others, schemas: { ...objectOf(schemas), ...added } } };
}

/** The name of the component for a response's schema. */
export function responseName(at: readonly string[]): string {
  const [, route = "", method = "", , status = ""] = at;
  const words = `${method} ${route} ${status}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return `Answer${words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("")}`;
}

/** Every pair of names in the model of an API. */
function* namesIn(value: Json): Generator<readonly [wire: string, code: string]> {
  if (Array.isArray(value)) for (const item of value) yield* namesIn(item);
  else if (isObject(value)) {
    const { wireName, name } = value;
    if (typeof wireName === "string" && typeof name === "string") yield [wireName, name];
    for (const member of Object.values(value)) yield* namesIn(member);
  }
}
