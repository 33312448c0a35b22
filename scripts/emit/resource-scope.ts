import type { Api, Method, Resource, ServerVariable } from "../model/api.js";
import type { CodecPrinter } from "../print/codecs.js";
import type { Imports } from "../print/imports.js";
import type { TypePrinter } from "../print/types.js";

/** State that the emitters of one resource share. */
export interface ResourceScope {
  readonly api: Api;
  readonly resource: Resource;
  readonly imports: Imports;
  readonly types: TypePrinter;
  readonly codecs: CodecPrinter;
  readonly runtime: (module: string) => string;
  /** Specifier prefix of the output folder, seen from the file: `../`. */
  readonly up: string;
  /** The expression that the code which makes calls has for the connection. */
  readonly connection: string;
}

/** The type of a method's first argument: its own input type, or the body's. `undefined` if the method has no input. */
export function inputTypeName({ types }: ResourceScope, { input }: Method): string | undefined {
  return (
    input.typeName ?? (input.body === undefined ? undefined : types.type(input.body.shape, "input"))
  );
}

/** Name of the constant that describes an operation for the runtime. */
export function specName(scope: ResourceScope, method: Pick<Method, "name">): string {
  return localName(scope, method, "Operation");
}

/** A name in the file for a part of an operation. Ends in `$` if a codec or another operation uses the name. */
export function localName(
  { api, resource }: ResourceScope,
  method: Pick<Method, "name">,
  part: string,
): string {
  const name = `${method.name}${part}`;
  // The XML request of `get` and the default request of `getXml` would both be `getXmlRequest`; `getXml` keeps the name.
  const isOther = resource.methods.some(
    (other) =>
      other.name.length > method.name.length &&
      name.startsWith(other.name) &&
      /^(Operation|Query|Form|Answer|Request|Headers|Failure\w+)$/.test(
        name.slice(other.name.length),
      ),
  );
  return isOther || codecNames(api).has(name) ? `${name}$` : name;
}

/** Caches {@link codecNames}, which each local name needs. */
const known = new WeakMap<Api, ReadonlySet<string>>();

function codecNames(api: Api): ReadonlySet<string> {
  const verbs = ["decode", "encode", "read"];
  const names =
    known.get(api) ?? new Set(api.models.flatMap(({ name }) => verbs.map((verb) => verb + name)));
  known.set(api, names);
  return names;
}

/** Variables of the operation's own server that have no default, so that the caller must set them. */
export function wantedVariables({ server }: Method): readonly ServerVariable[] {
  return (server?.variables ?? []).filter((variable) => variable.default === "");
}
