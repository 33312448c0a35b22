import { type StatementStructures, StructureKind } from "ts-morph";
import { membersIn } from "../model/access.js";
import type { Api, Model } from "../model/api.js";
import { toKebab } from "../model/names/words.js";
import { CodecPrinter, hasCodec } from "../print/codecs.js";
import { digitFacts, doc, ruleFacts } from "../print/doc.js";
import { key } from "../print/escape.js";
import { Imports } from "../print/imports.js";
import { propertySignature } from "../print/signature.js";
import { type Draft, type EmitContext, printSource } from "../print/source.js";
import { type Direction, TypePrinter } from "../print/types.js";

type Statement = StatementStructures | string;

/** Emits `models/<schema>.ts`: the types of a schema, and codecs that convert between them and JSON. */
export function emitModels(api: Api, context: EmitContext): Draft[] {
  return api.models.map((model) => emitModel(api, model, context));
}

function emitModel(api: Api, model: Model, context: EmitContext): Draft {
  const imports = new Imports();
  const runtime = (module: string): string => context.runtime(module, 1);
  const types = new TypePrinter(api, imports, "./", runtime, model.name);
  const codecs = new CodecPrinter(types, imports, runtime);
  const { shape, name, inputName } = model;
  const statements: Statement[] = [];
  if (model.answered) statements.push(...printType(model, name, "answer", types));
  if (inputName !== undefined && (inputName !== name || !model.answered)) {
    statements.push(...printType(model, inputName, "input", types));
  }
  if (model.answered && hasCodec("decode", shape)) statements.push(decoder(model, codecs));
  if (inputName !== undefined && hasCodec("encode", shape)) statements.push(encoder(model, codecs));
  statements.push(...codecs.functions());
  return printSource(context, `models/${toKebab(name)}.ts`, imports, statements);
}

function printType(
  model: Model,
  name: string,
  direction: Direction,
  types: TypePrinter,
): Statement[] {
  const other =
    direction === "input" && name !== model.name
      ? `The type of a \`${model.name}\` in requests.`
      : "";
  const { shape } = model;
  const isRuled =
    direction === "input" && shape.kind === "object" && (shape.rules ?? []).length > 0;
  const docs = doc(
    [
      model.description || `The schema \`${model.schema}\`.`,
      other,
      isRuled ? ruleFacts(shape).join(" ") : "",
      ...digitFacts(shape),
    ],
    model.deprecated ? ["@deprecated"] : [],
  );
  const properties = shape.kind === "object" ? membersIn(direction, shape.properties) : [];
  if (shape.kind !== "object" || properties.length === 0) {
    const type = types.alias(shape, direction);
    return [{ kind: StructureKind.TypeAlias, isExported: true, name, type, docs }];
  }
  const index = types.index(shape, direction);
  const fields: Statement = {
    kind: StructureKind.Interface,
    isExported: true,
    name: isRuled ? `${name}Fields` : name,
    docs: isRuled ? [`The fields of {@link ${name}}, without the rules between them.`] : docs,
    properties: properties.map((property) => propertySignature(property, direction, types)),
    indexSignatures: index === undefined ? [] : [{ ...anyName, returnType: index }],
  };
  if (!isRuled) return [fields];
  const { interfaces, type } = types.ruled(model, shape);
  return [
    fields,
    ...interfaces.map(
      (one): Statement => ({
        kind: StructureKind.Interface,
        isExported: true,
        name: one.name,
        extends: [`${name}Fields`],
        docs: [one.description],
        properties: one.members.map((member) => ({
          name: key(member.name),
          type: member.type,
          isReadonly: true,
          hasQuestionToken: member.optional,
        })),
      }),
    ),
    { kind: StructureKind.TypeAlias, isExported: true, name, type, docs },
  ];
}

/** The key of an index signature, for additional properties. */
const anyName = { keyName: "name", keyType: "string", isReadonly: true } as const;

function decoder(model: Model, codecs: CodecPrinter): Statement {
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: `decode${model.name}`,
    parameters: [{ name: "value", type: "unknown" }],
    returnType: model.name,
    docs: [`Checks and decodes ${article(model.schema)} from a response.`],
    statements: codecs.body("decode", model.shape, "value"),
  };
}

function encoder(model: Model, codecs: CodecPrinter): Statement {
  const { shape } = model;
  const isScalar = shape.kind === "string" || shape.kind === "number";
  const place = isScalar ? [{ name: "place", type: "string", hasQuestionToken: true }] : [];
  return {
    kind: StructureKind.Function,
    isExported: true,
    name: `encode${model.name}`,
    parameters: [{ name: "value", type: "unknown" }, ...place],
    returnType: isScalar ? shape.kind : "unknown",
    docs: [`Checks and encodes ${article(model.schema)} for a request.`],
    statements: isScalar
      ? `return ${codecs.scalar("encode", shape, "value")};`
      : codecs.body("encode", shape, "value"),
  };
}

function article(schema: string): string {
  return `${/^([aeio]|u(?!\d|ni|se))/i.test(schema) ? "an" : "a"} \`${schema.replace(/[^\w.-]/g, "_")}\``;
}
