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

/** A name of the file's own, for a part of an operation; one that a codec has already gets a `$`. */
export function localName(
  { api }: ResourceScope,
  method: Pick<Method, "name">,
  part: string,
): string {
  const name = `${method.name}${part}`;
  const isCodec = api.models.some((model) =>
    ["decode", "encode", "read"].some((verb) => `${verb}${model.name}` === name),
  );
  return isCodec ? `${name}$` : name;
}

/** Variables of the operation's own server that have no default: the caller gives them. */
export function wantedVariables({ server }: Method): readonly ServerVariable[] {
  return (server?.variables ?? []).filter((variable) => variable.default === "");
}
