import { type MethodDeclarationStructure, type StatementStructures, StructureKind } from "ts-morph";
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
import { choosingMethod } from "./choosing-method.js";
import {
  bodyInputType,
  callType,
  inputProperties,
  methodParameters,
  optionsParameter,
} from "./method-parameters.js";
import {
  choicesOf,
  derivedSpecifications,
  failureReaders,
  specification,
} from "./operation-spec.js";
import { requestExpression, requestMakers, sendings } from "./requests.js";
import { localName, type ResourceScope, specName } from "./resource-scope.js";
import { callExpression, readings, readingType, responseReaders } from "./responses.js";

/** Emits `resources/<tag>.ts`: a class with a method per operation. */
export function emitResources(api: Api, context: EmitContext): OutputFile[] {
  return api.resources.map((resource) => {
    const imports = new Imports();
    const runtime = (module: string): string => context.runtime(module, 1);
    const types = new TypePrinter(api, imports, "../models/", runtime);
    const codecs = new CodecPrinter(types, imports, runtime);
    const scope: ResourceScope = { api, resource, imports, types, codecs, runtime };
    const statements = [
      ...resource.methods.flatMap((method) => [
        ...inputType(scope, method),
        failureType(scope, method),
      ]),
      resourceClass(scope),
      ...resource.methods.flatMap((method) => [
        specification(scope, method),
        ...derivedSpecifications(scope, method),
        ...requestMakers(scope, method),
        ...responseReaders(scope, method),
        ...failureReaders(scope, method),
      ]),
    ];
    return printSource(context, `resources/${toKebab(resource.className)}.ts`, imports, [
      ...statements,
      ...codecs.functions(),
    ]);
  });
}

function inputType(scope: ResourceScope, method: Method): StatementStructures[] {
  const { input } = method;
  if (input.typeName === undefined) return [];
  const { types } = scope;
  const body = input.body;
  const fields =
    body?.placement === "input" && body.shape.kind === "object" ? body.shape.properties : [];
  const properties = [...inputProperties(method), ...fields].map((property) =>
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
            type: `${bodyInputType(scope, body)}${body.required ? "" : " | undefined"}`,
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
      docs: [`The input of \`${scope.resource.property}.${method.name}\`.`],
      properties: [...properties, ...own],
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
        docs: ["@param connection - Sends the requests, with credentials, retries and timeouts."],
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
  const { resource } = scope;
  const sent = sendings(scope, method);
  const read = readings(scope, method);
  const docs = methodDoc(scope.api, resource, method);
  if (choicesOf(method).length > 0) return choosingMethod(scope, method, sent, read, docs);
  const [sending] = sent;
  const [reading] = read;
  const value = readingType(scope, reading);
  const request = requestExpression(scope, method, sending);
  return {
    kind: StructureKind.Method,
    name: method.name,
    parameters: methodParameters(scope, method),
    returnType: callType(scope, method, value),
    docs,
    statements: `return ${callExpression(scope, method, request, reading)};`,
  };
}

/** The method that looks up one item of a listing. */
function lookup(scope: ResourceScope, method: Method): MethodDeclarationStructure[] {
  const { pagination, answer } = method;
  if (pagination?.lookup === undefined || answer.body === undefined) return [];
  const { types, codecs } = scope;
  const { filter, key: shape } = pagination.lookup;
  const name = pagination.next;
  const given = `input${member(name)}`;
  const checked = codecs.onlyKeys([{ name }], "input");
  const input = [
    `${key(filter)}: ${codecs.expression("encode", shape, `${checked}${member(name)}`, name)}`,
    ...(pagination.limit === undefined ? [] : [`${key(pagination.limit)}: 1`]),
  ];
  const [reading] = readings(scope, method);
  const request = `${localName(scope, method, "Request")}({ ${input.join(", ")} })`;
  const find = `page${member(pagination.items)}.find((item) => item${member(pagination.next)} === ${given})`;
  const page = callExpression(scope, method, request, reading, {
    name: pagination.lookup.method,
    wrapped: (read) => `(value) => { const page = ${read}(value); return ${find}; }`,
  });
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
      statements: `return ${page};`,
    },
  ];
}

function listAll(scope: ResourceScope, method: Method): MethodDeclarationStructure[] {
  const { pagination, answer } = method;
  if (pagination === undefined || answer.body === undefined) return [];
  const { imports, types, runtime } = scope;
  const paginate = imports.value("paginate", runtime("paginate"));
  const listing = imports.type("Listing", runtime("paginate"));
  const items = `page${member(pagination.items)}`;
  const next = `${items}.at(-1)?${member(pagination.next).replace(/^\[/, ".[")}`;
  const name = pagination.method;
  const [sending] = sendings(scope, method);
  const [reading] = readings(scope, method);
  const request = requestExpression(scope, method, sending);
  const fetched = callExpression(scope, method, request, reading, { name, caller: "caller" });
  const paging = [
    `operation: ${specName(scope, { name })}`,
    "input",
    `cursor: ${quote(pagination.cursor)}`,
    `ordered: ${pagination.ordered}`,
    `fetchPage: (input, caller) => ${fetched}`,
    `factsOf: (page) => ({ items: ${items}, next: ${next}, more: page${member(pagination.more)} })`,
  ];
  return [
    {
      kind: StructureKind.Method,
      name: pagination.method,
      parameters: methodParameters(scope, method),
      returnType: `${listing}<${types.type(pagination.item, "answer")}, ${types.type(answer.body.shape, "answer")}>`,
      docs: listAllDoc(scope.resource, method, pagination),
      statements: [`return ${paginate}({ ${paging.join(", ")} });`],
    },
  ];
}

/** The type of all errors of a method. */
function failureType(scope: ResourceScope, method: Method): StatementStructures {
  const { api, imports, resource, runtime, types } = scope;
  const known = method.failures.map(({ status, codes, body }) => {
    const declared = api.errors.statuses.find((one) => one.status === status);
    const plain =
      declared === undefined
        ? imports.type("ApiError", runtime("errors"))
        : imports.type(declared.className, "../errors.js");
    const others = declared?.bodies ?? [];
    const isOwn =
      declared === undefined || others.length > 1 || (others.length === 1) !== (body !== undefined);
    const type =
      !isOwn || body === undefined
        ? plain
        : declared === undefined
          ? `${plain}<${types.type(body, "answer")}>`
          : `(${plain} & { readonly body: ${types.type(body, "answer")} | string | undefined })`;
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
