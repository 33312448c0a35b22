import {
  type MethodDeclarationStructure,
  type OptionalKind,
  type ParameterDeclarationStructure,
  type StatementStructures,
  StructureKind,
} from "ts-morph";
import type { Api, Method } from "../model/api.js";
import { toKebab } from "../model/names/words.js";
import { CodecPrinter } from "../print/codecs.js";
import { doc } from "../print/doc.js";
import { key, member, quote } from "../print/escape.js";
import { Imports } from "../print/imports.js";
import { failureDoc, listAllDoc, lookupDoc, methodDoc } from "../print/method-doc.js";
import { propertySignature } from "../print/signature.js";
import { type EmitContext, type OutputFile, printSource } from "../print/source.js";
import { TypePrinter } from "../print/types.js";
import { answerDecoder, encoders, requestMaker, specification } from "./operation-codecs.js";
import {
  inputTypeName,
  localName,
  type ResourceScope,
  specName,
  wantedVariables,
} from "./resource-scope.js";

/** Emits `resources/<tag>.ts`: a class with a method per operation. */
export function emitResources(api: Api, context: EmitContext): OutputFile[] {
  return api.resources.map((resource) => {
    const imports = new Imports();
    const runtime = (module: string): string => context.runtime(module, 1);
    const types = new TypePrinter(api, imports, "../models/", runtime);
    const codecs = new CodecPrinter(types, imports, runtime);
    const scope: ResourceScope = { api, resource, imports, types, codecs, runtime };
    return printSource(context, `resources/${toKebab(resource.className)}.ts`, imports, [
      ...resource.methods.flatMap((method) => [
        ...inputType(scope, method),
        failureType(scope, method),
      ]),
      resourceClass(scope),
      ...resource.methods.flatMap((method) => [
        specification(scope, method),
        ...encoders(scope, method),
      ]),
    ]);
  });
}

function inputType(scope: ResourceScope, method: Method): StatementStructures[] {
  const { input } = method;
  if (input.typeName === undefined) return [];
  const { types } = scope;
  const body = input.body;
  const variables = wantedVariables(method);
  const fields =
    body?.placement === "input" && body.shape.kind === "object" ? body.shape.properties : [];
  const properties = [...input.parameters, ...fields].map((property) =>
    propertySignature(property, "input", types),
  );
  const bases =
    body?.placement === "input" && body.shape.kind === "ref"
      ? [types.type(body.shape, "input")]
      : [];
  const own =
    body?.placement === "property"
      ? [
          {
            name: "body",
            type: `${types.type(body.shape, "input")}${body.required ? "" : " | undefined"}`,
            isReadonly: true,
            hasQuestionToken: !body.required,
            docs: doc([body.description || "The request body."]),
          },
        ]
      : [];
  return [
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: input.typeName,
      extends: bases,
      docs: [`What \`${scope.resource.property}.${method.name}\` takes.`],
      properties: [
        ...variables.map((variable) => ({
          name: key(variable.property),
          type: variable.values.length > 0 ? variable.values.map(quote).join(" | ") : "string",
          isReadonly: true,
          docs: doc([variable.description || `Variable \`${variable.name}\` of the server's URL.`]),
        })),
        ...properties,
        ...own,
      ],
    },
  ];
}

function resourceClass(scope: ResourceScope): StatementStructures {
  const { resource, imports, runtime } = scope;
  const connection = imports.type("Connection", runtime("connection"));
  return {
    kind: StructureKind.Class,
    isExported: true,
    name: resource.className,
    docs: doc([resource.description || `Operations tagged \`${resource.tag}\`.`]),
    properties: [{ name: "#connection", isReadonly: true, type: connection }],
    ctors: [
      {
        parameters: [{ name: "connection", type: connection }],
        statements: "this.#connection = connection;",
        docs: ["@param connection - how calls are made: a fetch client under its layers"],
      },
    ],
    methods: resource.methods.flatMap((method) => [
      callMethod(scope, method),
      ...listAll(scope, method),
      ...lookup(scope, method),
    ]),
  };
}

function callMethod(scope: ResourceScope, method: Method): MethodDeclarationStructure {
  const { types, resource } = scope;
  const { answer } = method;
  const decoder = answer.shape === undefined ? [] : [answerDecoder(scope, method, answer.shape)];
  const value = answer.shape === undefined ? "void" : types.type(answer.shape, "answer");
  return {
    kind: StructureKind.Method,
    name: method.name,
    parameters: methodParameters(scope, method),
    returnType: callType(scope, method, value),
    docs: methodDoc(scope.api, resource, method),
    statements: `return ${callExpression(scope, method, requestMaker(scope, method), decoder)};`,
  };
}

/** An expression that makes a call, whatever is sent and whatever becomes of the answer. */
function callExpression(
  scope: ResourceScope,
  method: Method,
  request: string,
  decoder: readonly string[],
): string {
  const { imports, runtime } = scope;
  const call = imports.value(decoder.length === 0 ? "callForNothing" : "call", runtime("call"));
  const args = ["this.#connection", specName(scope, method), "options", request, ...decoder];
  return `${call}(${args.join(", ")})`;
}

function callType({ imports, runtime }: ResourceScope, method: Method, value: string): string {
  return `${imports.type("Call", runtime("settle"))}<${value}, ${method.failureName}>`;
}

/** The method that looks one item of a listing up. */
function lookup(scope: ResourceScope, method: Method): MethodDeclarationStructure[] {
  const { pagination, answer } = method;
  if (pagination?.lookup === undefined || answer.shape === undefined) return [];
  const { types, codecs } = scope;
  const { filter, key: shape } = pagination.lookup;
  const name = pagination.next;
  const given = `input${member(name)}`;
  const input = [
    `${key(filter)}: ${codecs.expression("encode", shape, given, name)}`,
    ...(pagination.limit === undefined ? [] : [`${key(pagination.limit)}: 1`]),
  ];
  const request = [
    `() => { ${codecs.onlyKeys([{ name }], "input")};`,
    `return ${localName(scope, method, "Request")}({ ${input.join(", ")} }); }`,
  ].join("\n");
  const page = callExpression(scope, method, request, [answerDecoder(scope, method, answer.shape)]);
  const find = `page${member(pagination.items)}.find((item) => item${member(pagination.next)} === ${given})`;
  return [
    {
      kind: StructureKind.Method,
      name: pagination.lookup.method,
      parameters: [
        { name: "input", type: `{ readonly ${key(name)}: ${types.type(shape, "input")} }` },
        optionsParameter(scope),
      ],
      returnType: callType(scope, method, `${types.type(pagination.item, "answer")} | undefined`),
      docs: lookupDoc(method, pagination, pagination.lookup),
      statements: `return ${page}.then((page) => ${find});`,
    },
  ];
}

function methodParameters(
  scope: ResourceScope,
  method: Method,
): OptionalKind<ParameterDeclarationStructure>[] {
  const type = inputTypeName(scope, method);
  const input =
    type === undefined
      ? []
      : [{ name: "input", type, ...(method.input.optional && { initializer: "{}" }) }];
  return [...input, optionsParameter(scope)];
}

function optionsParameter({
  imports,
  runtime,
}: ResourceScope): OptionalKind<ParameterDeclarationStructure> {
  const type = imports.type("CallOptions", runtime("operation"));
  return { name: "options", type, initializer: "{}" };
}

function listAll(scope: ResourceScope, method: Method): MethodDeclarationStructure[] {
  const { pagination, answer } = method;
  if (pagination === undefined || answer.shape === undefined) return [];
  const { imports, types, runtime } = scope;
  const paginate = imports.value("paginate", runtime("paginate"));
  const listing = imports.type("Listing", runtime("paginate"));
  const items = `page${member(pagination.items)}`;
  const next = `${items}.at(-1)?${member(pagination.next).replace(/^\[/, ".[")}`;
  const args = [
    specName(scope, method),
    "input",
    quote(pagination.cursor),
    `(input) => this.${method.name}(input, options)`,
    `(page) => ({ items: ${items}, next: ${next}, more: page${member(pagination.more)} })`,
  ];
  return [
    {
      kind: StructureKind.Method,
      name: pagination.method,
      parameters: methodParameters(scope, method),
      returnType: `${listing}<${types.type(pagination.item, "answer")}, ${types.type(answer.shape, "answer")}>`,
      docs: listAllDoc(scope.resource, method, pagination),
      statements: [`return ${paginate}(${args.join(", ")});`],
    },
  ];
}

/** The type of everything that a call of the method can fail with. */
function failureType(scope: ResourceScope, method: Method): StatementStructures {
  const { api, imports, resource, runtime } = scope;
  const known = method.failures.map(({ status, codes }) => {
    const name = api.errors.statuses.find((one) => one.status === status)?.className;
    const type =
      name === undefined
        ? imports.type("ApiError", runtime("errors"))
        : imports.type(name, "../errors.js");
    const code = codes.map((one) => quote(one)).join(" | ");
    return codes.length === 0 ? type : `(${type} & { readonly code: ${code} })`;
  });
  return {
    kind: StructureKind.TypeAlias,
    isExported: true,
    name: method.failureName,
    type: [...new Set(known), imports.type("CallFailure", runtime("settle"))].join(" | "),
    docs: failureDoc(api, resource, method),
  };
}
