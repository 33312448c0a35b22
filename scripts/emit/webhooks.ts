import { type StatementStructures, StructureKind } from "ts-morph";
import type { Api, Incoming } from "../model/api.js";
import { CodecPrinter } from "../print/codecs.js";
import { doc, tag } from "../print/doc.js";
import { quote } from "../print/escape.js";
import { Imports } from "../print/imports.js";
import { type Draft, type EmitContext, printSource } from "../print/source.js";
import { TypePrinter } from "../print/types.js";

/** Name of the function that decodes a payload. */
export function payloadDecoder({ typeName }: Incoming): string {
  return `decode${typeName}`;
}

/** Emits `webhooks.ts`: a type and a decoder for the payload of each webhook and callback. */
export function emitWebhooks(api: Api, context: EmitContext): Draft[] {
  if (api.incoming.length === 0) return [];
  const imports = new Imports();
  const runtime = (module: string): string => context.runtime(module, 0);
  const types = new TypePrinter(api, imports, "./models/", runtime);
  const codecs = new CodecPrinter(types, imports, runtime);
  const statements = api.incoming.flatMap((incoming): StatementStructures[] => {
    const { kind, name, http, typeName, shape, summary, description, deprecated } = incoming;
    const what = `the ${kind} \`${name.replaceAll("`", "'")}\``;
    const tags = deprecated ? ["@deprecated"] : [];
    return [
      {
        kind: StructureKind.TypeAlias,
        isExported: true,
        name: typeName,
        type: types.type(shape, "answer"),
        docs: doc([`The payload of ${what}.`, summary, description], tags),
      },
      {
        kind: StructureKind.Function,
        isExported: true,
        name: payloadDecoder(incoming),
        parameters: [{ name: "payload", type: "unknown" }],
        returnType: typeName,
        docs: doc(
          [`Checks and decodes a payload of ${what}.`],
          [
            tag(
              "param",
              `payload - The body of the ${http.toUpperCase()} request, parsed as JSON.`,
            ),
            tag("throws", "{PayloadError} The payload violates the contract."),
            ...tags,
          ],
        ),
        statements: `return ${imports.value("readPayload", runtime("payload"))}(${quote(name)}, payload, ${codecs.reader("decode", shape)});`,
      },
    ];
  });
  return [printSource(context, "webhooks.ts", imports, [...statements, ...codecs.functions()])];
}
