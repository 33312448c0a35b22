import type { Api, Method, Resource, ServerVariable } from "../model/api.js";
import type { CodecPrinter } from "../print/codecs.js";
import type { Imports } from "../print/imports.js";
import type { TypePrinter } from "../print/types.js";

/** What the emission of one resource shares. */
export interface ResourceScope {
  readonly api: Api;
  readonly resource: Resource;
  readonly imports: Imports;
  readonly types: TypePrinter;
  readonly codecs: CodecPrinter;
  readonly runtime: (module: string) => string;
}

/** The type of the first argument: of its own, or the body's; `undefined` where the operation takes nothing. */
export function inputTypeName({ types }: ResourceScope, { input }: Method): string | undefined {
  return (
    input.typeName ?? (input.body === undefined ? undefined : types.type(input.body.shape, "input"))
  );
}

/** Name of the constant that tells the runtime of an operation. */
export function specName(scope: ResourceScope, method: Pick<Method, "name">): string {
  return localName(scope, method, "Operation");
}

/** A name of the file's own, for a part of an operation; one that a codec or another operation has gets a `$`. */
export function localName(
  { api, resource }: ResourceScope,
  method: Pick<Method, "name">,
  part: string,
): string {
  const name = `${method.name}${part}`;
  // `get` with a request in XML beside `getXml`: the longer name has the better right.
  const isOther = resource.methods.some(
    (other) =>
      other.name.length > method.name.length &&
      name.startsWith(other.name) &&
      /^(Operation|Query|Form|Answer|Request|Failure\w+)$/.test(name.slice(other.name.length)),
  );
  return isOther || codecNames(api).has(name) ? `${name}$` : name;
}

/** By API: each local name asks for them. */
const known = new WeakMap<Api, ReadonlySet<string>>();

function codecNames(api: Api): ReadonlySet<string> {
  const verbs = ["decode", "encode", "read"];
  const names =
    known.get(api) ?? new Set(api.models.flatMap(({ name }) => verbs.map((verb) => verb + name)));
  known.set(api, names);
  return names;
}

/** Variables of the operation's own server that have no default: the caller gives them. */
export function wantedVariables({ server }: Method): readonly ServerVariable[] {
  return (server?.variables ?? []).filter((variable) => variable.default === "");
}
