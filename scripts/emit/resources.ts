import {
  type MethodDeclarationStructure,
  type OptionalKind,
  type ParameterDeclarationStructure,
  type StatementStructures,
  StructureKind,
} from "ts-morph";
import type { Api, Method } from "../model/api.js";
import { toKebab } from "../model/names.js";
import { CodecPrinter } from "../print/codecs.js";
import { doc } from "../print/doc.js";
import { key, member, quote } from "../print/escape.js";
import { Imports } from "../print/imports.js";
import { listAllDoc, methodDoc } from "../print/method-doc.js";
import { propertySignature } from "../print/signature.js";
import { type EmitContext, type OutputFile, printSource } from "../print/source.js";
import { TypePrinter } from "../print/types.js";
import { answerDecoder, encoders, serverVariables, specification } from "./operation-codecs.js";
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
      ...resource.methods.flatMap((method) => inputType(scope, method)),
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
  const connection = `${imports.type("Connection", runtime("connection"))}<${imports.type("FetchClient", "../client.js")}>`;
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
        docs: ["@param connection - how calls are made: a typed fetch client under its layers"],
      },
    ],
    methods: resource.methods.flatMap((method) => [
      callMethod(scope, method),
      ...listAll(scope, method),
    ]),
  };
}

function callMethod(scope: ResourceScope, method: Method): MethodDeclarationStructure {
  const { types, imports, runtime, resource } = scope;
  const { answer } = method;
  const call = imports.value(
    answer.shape === undefined ? "callForNothing" : "call",
    runtime("call"),
  );
  const parts = initParts(scope, method);
  const fixed =
    method.server !== undefined && wantedVariables(method).length === 0
      ? [
          `baseUrl: this.#connection.server(${quote(method.server.url)}, { ${serverVariables(scope, method).join(", ")} })`,
        ]
      : [];
  const init = `{ ${["...init", ...fixed, ...parts.map((part) => part.init)].join(", ")} }`;
  const request = `(init) => client.${method.http.toUpperCase()}(${quote(method.path)}, ${init})`;
  const decode =
    answer.shape === undefined ? "" : `, ${answerDecoder(scope, method, answer.shape)}`;
  if (parts.length > 0) imports.value("encode", runtime("call"));
  return {
    kind: StructureKind.Method,
    name: method.name,
    isAsync: true,
    parameters: methodParameters(scope, method),
    returnType: `Promise<${answer.shape === undefined ? "void" : types.type(answer.shape, "answer")}>`,
    docs: methodDoc(scope.api, resource, method),
    statements: [
      "const { client } = this.#connection;",
      ...parts.map(
        ({ name, encoder }) =>
          `const ${name} = encode(${specName(scope, method)}, input, ${encoder(scope)});`,
      ),
      `return ${call}(this.#connection, ${specName(scope, method)}, options, ${request}${decode});`,
    ],
  };
}

function methodParameters(
  scope: ResourceScope,
  method: Method,
): OptionalKind<ParameterDeclarationStructure>[] {
  const options = scope.imports.type("CallOptions", scope.runtime("operation"));
  const type = inputTypeName(scope, method);
  const input =
    type === undefined
      ? []
      : [{ name: "input", type, ...(method.input.optional && { initializer: "{}" }) }];
  return [...input, { name: "options", type: options, initializer: "{}" }];
}

function listAll(scope: ResourceScope, method: Method): MethodDeclarationStructure[] {
  const { pagination } = method;
  if (pagination === undefined) return [];
  const { imports, types, runtime } = scope;
  const paginate = imports.value("paginate", runtime("paginate"));
  const cursor = /^[A-Za-z_$][\w$]*$/.test(pagination.cursor) ? pagination.cursor : "cursor";
  const items = `page${member(pagination.items)}`;
  return [
    {
      kind: StructureKind.Method,
      name: pagination.method,
      parameters: methodParameters(scope, method),
      returnType: `AsyncGenerator<${types.type(pagination.item, "answer")}, void, undefined>`,
      docs: listAllDoc(scope.resource, method, pagination),
      statements: [
        `return ${paginate}(${specName(scope, method)}, input${member(pagination.cursor)}, async (${cursor}) => {`,
        `const page = await this.${method.name}({ ...input, ${cursor === pagination.cursor ? cursor : `${key(pagination.cursor)}: ${cursor}`} }, options);`,
        `return { items: ${items}, next: ${items}.at(-1)?${member(pagination.next).replace(/^\[/, ".[")}, more: page${member(pagination.more)} };`,
        "});",
      ],
    },
  ];
}

/** One argument of the fetch client's call: how it is made from the input, and how it is passed. */
interface InitPart {
  readonly name: string;
  readonly init: string;
  readonly encoder: (scope: ResourceScope) => string;
}

function initParts(scope: ResourceScope, method: Method): InitPart[] {
  const { input, server } = method;
  const parts: InitPart[] = [];
  if (server !== undefined && wantedVariables(method).length > 0) {
    const init = `baseUrl: this.#connection.server(${quote(server.url)}, server)`;
    parts.push({ name: "server", init, encoder: () => localName(scope, method, "Server") });
  }
  if (input.parameters.length > 0) {
    parts.push({
      name: "params",
      init: "params",
      encoder: () => localName(scope, method, "Parameters"),
    });
  }
  const { body } = input;
  if (body !== undefined) {
    const isModel = input.typeName === undefined;
    parts.push({
      name: "body",
      init: body.required ? "body" : "...(body !== undefined && { body })",
      encoder: (scope) =>
        isModel ? scope.codecs.reader("encode", body.shape) : localName(scope, method, "Body"),
    });
  }
  return parts;
}
