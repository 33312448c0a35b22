import { StructureKind } from "ts-morph";
import type { Api } from "../model/api.js";
import { toKebab } from "../model/names/words.js";
import { doc } from "../print/doc.js";
import { Imports } from "../print/imports.js";
import { type EmitContext, type OutputFile, printSource } from "../print/source.js";

/** Emits `api.ts`: all resources over one connection. */
export function emitApi(api: Api, context: EmitContext): OutputFile {
  const imports = new Imports();
  const connection = imports.type("Connection", context.runtime("connection", 0));
  const resources = api.resources.map(({ className, property, description }) => {
    imports.value(className, `./resources/${toKebab(className)}.js`);
    return { property, className, description };
  });
  return printSource(context, "api.ts", imports, [
    {
      kind: StructureKind.Class,
      isExported: true,
      name: "Api",
      docs: ["Every resource of the contract, over one connection."],
      properties: resources.map(({ property, className, description }) => ({
        name: property,
        type: className,
        isReadonly: true,
        docs: doc([description]),
      })),
      ctors: [
        {
          parameters: [{ name: "connection", type: connection }],
          docs: ["@param connection - how calls are made: a fetch client under its layers"],
          statements: resources.map(
            ({ property, className }) => `this.${property} = new ${className}(connection);`,
          ),
        },
      ],
    },
  ]);
}
