/** Operations as plain data: with references resolved, and with what they inherit from path items and the root. */
import { httpMethods, type Json } from "../model/api.js";
import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import { textOf } from "./json.js";

/** An operation, a webhook or a callback. */
export interface Operation {
  /** Its operationId; without one, method and path. */
  readonly key: string;
  readonly id: string | undefined;
  readonly method: string;
  readonly path: string;
  /** Method and path without the names of path parameters. Requests are routed by it. */
  readonly route: string;
  /** Whether the service sends the request, as for webhooks. */
  readonly incoming: boolean;
  /** Of a callback, the operation that it belongs to. */
  readonly caller?: Operation;
  readonly node: Node;
  readonly tag: string | undefined;
  /** Parameters by place and name; path parameters by position. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly body: Body | undefined;
  readonly responses: ReadonlyMap<string, Response>;
  readonly security: readonly Credentials[];
  /** Servers of the operation or of its path; absent if it uses those of the root. */
  readonly servers: Node | undefined;
}

/** A parameter of a request. */
export interface Parameter {
  readonly name: string;
  readonly place: string;
  readonly required: boolean;
  readonly node: Node;
  readonly schema: Node | undefined;
}

/** A request body. */
export interface Body {
  readonly required: boolean;
  readonly node: Node;
  /** The node of each media type, by its name in lower case without parameters. */
  readonly content: ReadonlyMap<string, Node>;
}

/** A response of one status code. */
export interface Response {
  readonly node: Node;
  readonly content: ReadonlyMap<string, Node>;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, Parameter>;
  readonly codes: readonly string[];
}

/** Credentials that a request needs together: scopes by scheme. The key of a scheme is its content, not its name. */
export type Credentials = ReadonlyMap<
  string,
  { readonly name: string; readonly scopes: readonly string[] }
>;

const known = new WeakMap<object, readonly Operation[]>();

/** Every operation of a document. */
export function readOperations(root: Node): readonly Operation[] {
  if (!isObject(root.value)) return [];
  const found = known.get(root.value) ?? operationsOf(root);
  known.set(root.value, found);
  return found;
}

function operationsOf(root: Node): readonly Operation[] {
  const paths = root
    .entries("paths")
    .flatMap(([path, item]) => ofPath(root, path, item, undefined));
  const webhooks = root
    .entries("webhooks")
    .flatMap(([name, item]) => ofPath(root, name, item, { name: `webhook ${name}` }));
  const callbacks = paths.flatMap((caller) =>
    caller.node
      .entries("callbacks")
      .flatMap(([name, callback]) =>
        (callback.resolve() ?? callback)
          .entries()
          .flatMap(([url, item]) => ofPath(root, url, item, { name: `callback ${name}`, caller })),
      ),
  );
  return [...paths, ...webhooks, ...callbacks];
}

/** How a request is called that the service sends. */
interface Incoming {
  readonly name: string;
  readonly caller?: Operation;
}

function ofPath(
  root: Node,
  path: string,
  unresolved: Node,
  incoming: Incoming | undefined,
): readonly Operation[] {
  const item = unresolved.resolve() ?? unresolved;
  const methods = httpMethods.filter((method) => item.get(method) !== undefined);
  return methods.flatMap((method) => {
    const node = item.get(method);
    const name = `${incoming?.name}${methods.length > 1 ? ` ${method.toUpperCase()}` : ""}`;
    const label = incoming === undefined ? undefined : { ...incoming, name };
    return node === undefined ? [] : [ofMethod(root, path, item, method, node, label)];
  });
}

function ofMethod(
  root: Node,
  path: string,
  item: Node,
  method: string,
  node: Node,
  received: Incoming | undefined,
): Operation {
  const incoming = received !== undefined;
  const { name = "", caller } = received ?? {};
  const id = node.text("operationId");
  const shown = `${method.toUpperCase()} ${path}`;
  const body = node.get("requestBody")?.resolve();
  return {
    key: incoming ? [...(caller === undefined ? [] : [caller.key]), name].join(" ") : (id ?? shown),
    id,
    method,
    path,
    route: incoming ? name : `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`,
    incoming,
    ...(caller !== undefined && { caller }),
    node,
    tag: node.texts("tags")[0],
    parameters: parametersOf(path, [...item.items("parameters"), ...node.items("parameters")]),
    body:
      body === undefined
        ? undefined
        : { required: body.flag("required"), node: body, content: contentOf(body) },
    responses: new Map(
      node
        .entries("responses")
        .map(([status, response]) => [
          status.toUpperCase(),
          responseOf(response.resolve() ?? response),
        ]),
    ),
    security: securityOf(root, node, incoming),
    servers: node.get("servers") ?? item.get("servers"),
  };
}

/** Header parameters that OpenAPI ignores, because other parts of the document describe them. */
const ignoredHeaders = ["accept", "content-type", "authorization"];

function parametersOf(path: string, nodes: readonly Node[]): ReadonlyMap<string, Parameter> {
  const positions = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const found = new Map<string, Parameter>();
  for (const unresolved of nodes) {
    const node = unresolved.resolve() ?? unresolved;
    const [name, place] = [node.text("name") ?? "", node.text("in") ?? ""];
    const isHeader = place === "header";
    if (isHeader && ignoredHeaders.includes(name.toLowerCase())) continue;
    const key =
      place === "path"
        ? `path ${positions.indexOf(name)}`
        : `${place} ${isHeader ? name.toLowerCase() : name}`;
    found.set(key, { name, place, required: node.flag("required"), node, schema: schemaOf(node) });
  }
  return found;
}

function schemaOf(node: Node): Node | undefined {
  return node.get("schema") ?? node.entries("content")[0]?.[1].get("schema");
}

function contentOf(node: Node): ReadonlyMap<string, Node> {
  return new Map(
    node
      .entries("content")
      .map(([type, media]) => [(type.split(";")[0] ?? type).trim().toLowerCase(), media]),
  );
}

function responseOf(node: Node): Response {
  return {
    node,
    content: contentOf(node),
    headers: new Map(
      node.entries("headers").map(([name, unresolved]) => {
        const header = unresolved.resolve() ?? unresolved;
        const required = header.flag("required");
        const one = { name, place: "header", required, node: header, schema: schemaOf(header) };
        return [name.toLowerCase(), one];
      }),
    ),
    codes: node.texts("x-contract-error-codes"),
  };
}

/**
 * The alternatives of credentials for a request. Without security there is one alternative without credentials. The
 * security of the root applies to requests of callers, not to webhooks and callbacks.
 */
function securityOf(root: Node, operation: Node, incoming: boolean): readonly Credentials[] {
  const alternatives = operation.items("security");
  const isOwn = incoming || operation.get("security") !== undefined;
  const asked = isOwn ? alternatives : root.items("security");
  if (asked.length === 0) return [new Map()];
  return asked.map(
    (alternative) =>
      new Map(
        alternative.entries().map(([name, scopes]) => {
          const scheme = root.get("components")?.get("securitySchemes")?.get(name)?.resolve();
          const { description: _, ...facts } = objectOf(scheme?.value);
          const texts = scopes.items().map(({ value }) => String(value));
          return [textOf(withoutUrls(facts)), { name, scopes: texts }];
        }),
      ),
  );
}

/** A scheme without URLs and descriptions of scopes, which do not affect credentials. */
function withoutUrls(facts: Readonly<Record<string, Json>>): Json {
  const { flows, ...rest } = facts;
  return isObject(flows) ? { ...rest, flows: Object.keys(flows).sort() } : rest;
}

/** A value if it is an object, otherwise an empty object. */
export function objectOf(value: Json | undefined): Readonly<Record<string, Json>> {
  return isObject(value) ? value : {};
}
