import {
  type PropertyDeclarationStructure,
  type StatementStructures,
  StructureKind,
  VariableDeclarationKind,
} from "ts-morph";
import type { Api, ErrorStatus, Shape } from "../model/api.js";
import { answerBodies, requestBodies } from "../model/bodies.js";
import { innerShapes } from "../model/inner.js";
import { CodecPrinter } from "../print/codecs.js";
import { doc } from "../print/doc.js";
import { key, member, quote } from "../print/escape.js";
import { Imports } from "../print/imports.js";
import { type Draft, type EmitContext, printSource } from "../print/source.js";
import { TypePrinter } from "../print/types.js";
import { compareText } from "../spec/canonical.js";

/** Models whose reader would have the name of a reader in the runtime. */
const runtimeReaders: readonly string[] = ["Stream", "Text"];

/** Name of the function in `errors.ts` that decodes the error body of a model. */
export function errorReader(model: string): string {
  return runtimeReaders.includes(model) ? `read${model}Body` : `read${model}`;
}

/** Emits `errors.ts`: a class for each declared error status, and the contract's table of error codes. */
export function emitErrors(api: Api, context: EmitContext): Draft {
  const imports = new Imports();
  const table = context.runtime("error-table", 0);
  const runtime = (module: string): string => context.runtime(module, 0);
  const types = new TypePrinter(api, imports, "./models/", runtime);
  const codecs = new CodecPrinter(types, imports, runtime);
  const statements: (StatementStructures | string)[] = [
    ...codeTable(api, imports, table),
    ...api.errors.statuses.map((status) => errorClass(api, status, types, imports, context)),
    ...bodyReaders(api, codecs, imports, table),
    errorTable(api, imports, table),
  ];
  return printSource(context, "errors.ts", imports, [...statements, ...codecs.functions()]);
}

function codeTable(api: Api, imports: Imports, table: string): (StatementStructures | string)[] {
  const { codes } = api.errors;
  const facts = imports.type("ErrorCodeFacts", table);
  const rows = codes.map(
    ({ code, status, retryable, noSideEffects, description }) =>
      `/** ${doc([description]).join("").trim().replaceAll("\n", " ")} */\n` +
      `${key(code)}: { status: ${status}, retryable: ${retryable}, noSideEffects: ${noSideEffects} },`,
  );
  return [
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: "ErrorCode",
      type: codes.length === 0 ? "never" : codes.map(({ code }) => quote(code)).join(" | "),
      docs: [
        "Error codes that the contract lists. A server may send others: `ApiError.code` can be any string.",
      ],
    },
    {
      kind: StructureKind.VariableStatement,
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      docs: [
        "The status of each error code, whether a retry may help, and whether the server guarantees that nothing was applied.",
      ],
      declarations: [
        {
          name: "errorCodes",
          type: `Readonly<Record<ErrorCode, ${facts}>>`,
          initializer: `{ ${rows.join("\n")} }`,
        },
      ],
    },
  ];
}

function errorClass(
  api: Api,
  status: ErrorStatus,
  types: TypePrinter,
  imports: Imports,
  context: EmitContext,
): StatementStructures {
  const { className, codes, reason } = status;
  const base = imports.value("ApiError", context.runtime("errors", 0));
  const known = codes.map((code) => quote(code)).join(" | ");
  const rows = api.errors.codes.filter((row) => codes.includes(row.code));
  const says = rows.map((row) => `- \`${row.code}\`: ${row.description}`).join("\n");
  const properties: PropertyDeclarationStructure[] = [
    {
      kind: StructureKind.Property,
      name: "name",
      hasOverrideKeyword: true,
      isReadonly: true,
      initializer: quote(className),
    },
    {
      kind: StructureKind.Property,
      name: "status",
      hasDeclareKeyword: true,
      isReadonly: true,
      type: String(status.status),
    },
  ];
  if (known !== "") {
    properties.push({
      kind: StructureKind.Property,
      name: "code",
      hasDeclareKeyword: true,
      isReadonly: true,
      type: `${known} | (string & {}) | undefined`,
    });
  }
  return {
    kind: StructureKind.Class,
    isExported: true,
    name: className,
    extends: `${base}<${bodyType(status.bodies, types)}>`,
    docs: doc([`${status.status} ${reason}.`, says]),
    properties,
  };
}

/** The type of the bodies of a status. `unknown` if some have no model: the failure types of the methods are precise. */
function bodyType(bodies: readonly Shape[], types: TypePrinter): string {
  if (bodies.length === 0) return "undefined";
  if (bodies.length > 1 && bodies.some(({ kind }) => kind !== "ref")) return "unknown";
  return bodies.map((body) => types.type(body, "answer")).join(" | ");
}

/** The functions that decode error bodies with a model. */
function bodyReaders(
  api: Api,
  codecs: CodecPrinter,
  imports: Imports,
  table: string,
): StatementStructures[] {
  const failures = api.resources.flatMap(({ methods }) => methods.flatMap((one) => one.failures));
  const names = failures.flatMap(({ body }) => (body?.kind === "ref" ? body.model : []));
  return [...new Set(names)].sort(compareText).map((name) => {
    const fields = api.errors.bodies.find(({ model }) => model === name);
    const body = codecs.expression("decode", { kind: "ref", model: name }, "value");
    const statements =
      fields === undefined
        ? `return { body: ${body} };`
        : `const body = ${body};\nreturn { body, code: body${member(fields.code)}, message: body${member(fields.message)} };`;
    return {
      kind: StructureKind.Function,
      isExported: true,
      name: errorReader(name),
      parameters: [{ name: "value", type: "unknown" }],
      returnType: imports.type("ErrorBody", table),
      docs: [`Checks and decodes an error body of the type \`${name}\`.`],
      statements,
    };
  });
}

/** The reader of an error body with a model; `"undefined"` for others. */
function readerOf(body: Shape | undefined): string {
  return body?.kind === "ref" ? errorReader(body.model) : "undefined";
}

function errorTable(api: Api, imports: Imports, table: string): StatementStructures {
  const { statuses, usualBody } = api.errors;
  const rows = statuses.map(({ status, className, bodies: [body] }) => {
    return `${status}: { type: ${className}, decode: ${readerOf(body)} },`;
  });
  const fallback = usualBody === undefined ? "undefined" : errorReader(usualBody);
  return {
    kind: StructureKind.VariableStatement,
    isExported: true,
    declarationKind: VariableDeclarationKind.Const,
    docs: ["Gives the runtime the class and the decoder for each error status."],
    declarations: [
      {
        name: "errorTable",
        type: imports.type("ErrorTable", table),
        initializer: `{ byStatus: { ${rows.join("\n")} },\nfallback: ${fallback},\ncodes: errorCodes,\nsecrets: [${secretNames(api).map(quote).join(", ")}] }`,
      },
    ],
  };
}

/** Wire names of all properties that contain secrets. */
function secretNames(api: Api): string[] {
  const names = new Set<string>();
  const walk = (shape: Shape): void => {
    const properties = shape.kind === "object" ? shape.properties : [];
    for (const { secret, wireName } of properties) if (secret) names.add(wireName);
    for (const inner of innerShapes(shape)) walk(inner);
  };
  for (const { shape } of api.models) walk(shape);
  for (const { answer, input } of api.resources.flatMap(({ methods }) => methods)) {
    for (const { shape } of [...answerBodies(answer), ...requestBodies(input)]) walk(shape);
  }
  return [...names].sort(compareText);
}
