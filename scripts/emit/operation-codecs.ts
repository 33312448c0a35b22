import { type StatementStructures, StructureKind, VariableDeclarationKind } from "ts-morph";
import type { Method, Parameter, Property, Server, Shape } from "../model/api.js";
import { key, member, quote } from "../print/escape.js";
import { errorReader } from "./errors.js";
import { localName, type ResourceScope, specName, wantedVariables } from "./resource-scope.js";

/** The constant that tells the runtime of an operation. */
export function specification(scope: ResourceScope, method: Method): StatementStructures {
  const { imports, runtime, api } = scope;
  const different = method.failures.filter(({ status, body }) => {
    const usual = api.errors.statuses.find((one) => one.status === status)?.bodies[0];
    return body !== undefined && body !== usual;
  });
  const readers = different.flatMap(({ status, body }) =>
    body === undefined ? [] : `${status}: ${imports.value(errorReader(body), "../errors.js")}`,
  );
  // Bound to the wire types like everything else: a wrong name or status does not compile.
  const operations = imports.type("operations", "../wire.js");
  const paths = imports.type("paths", "../wire.js");
  const responses = `${paths}[${quote(method.path)}][${quote(method.http)}]["responses"]`;
  const members = [
    `id: ${quote(method.operationId)} satisfies keyof ${operations}`,
    `method: ${quote(method.http.toUpperCase())}`,
    `path: ${quote(method.path)} satisfies keyof ${paths}`,
    `success: [${method.answer.statuses.join(", ")}] satisfies (keyof ${responses})[]`,
    `bearer: ${method.bearer}`,
    `errors: ${imports.value("errorTable", "../errors.js")}`,
    ...(readers.length > 0 ? [`errorBodies: { ${readers.join(", ")} }`] : []),
  ];
  return {
    kind: StructureKind.VariableStatement,
    declarationKind: VariableDeclarationKind.Const,
    declarations: [
      {
        name: specName(scope, method),
        type: imports.type("OperationSpec", runtime("operation")),
        initializer: `{ ${members.join(",\n")} }`,
      },
    ],
  };
}

/** Name of the function that reads an answer: a model's own, or one beside the class for a shape written in place. */
export function answerDecoder(scope: ResourceScope, method: Method, shape: Shape): string {
  return modelDecoder(scope, shape) ?? localName(scope, method, "Answer");
}

function modelDecoder({ codecs }: ResourceScope, shape: Shape): string | undefined {
  return shape.kind === "ref" ? codecs.codec("decode", shape.model) : undefined;
}

/** An expression of a function that makes what is sent from the `input` of a method. */
export function requestMaker(scope: ResourceScope, method: Method): string {
  const { input, server } = method;
  if (input.typeName !== undefined) {
    const connection = server === undefined ? "" : "this.#connection, ";
    return `() => ${localName(scope, method, "Request")}(${connection}input)`;
  }
  const parts = [
    ...(server === undefined ? [] : [`baseUrl: ${baseUrl(scope, server, "this.#connection")}`]),
    ...(input.body === undefined
      ? []
      : [`body: ${scope.codecs.expression("encode", input.body.shape, "input")}`]),
  ];
  return `() => ({ ${parts.join(", ")} })`;
}

/** The functions beside the class: from the input to what is sent, from the response to its value. */
export function encoders(scope: ResourceScope, method: Method): StatementStructures[] {
  const { input, answer } = method;
  const statements: StatementStructures[] = [];
  if (input.typeName !== undefined) statements.push(requestEncoder(scope, method, input.typeName));
  if (answer.shape !== undefined && modelDecoder(scope, answer.shape) === undefined) {
    statements.push({
      kind: StructureKind.Function,
      name: localName(scope, method, "Answer"),
      parameters: [{ name: "value", type: "unknown" }],
      returnType: scope.types.type(answer.shape, "answer"),
      statements: scope.codecs.body("decode", answer.shape, "value"),
    });
  }
  return statements;
}

/** The function that checks the input of an operation and makes the parts of the request from it. */
function requestEncoder(scope: ResourceScope, method: Method, type: string): StatementStructures {
  const { codecs, imports, runtime } = scope;
  const { server } = method;
  const parts: string[] = [];
  const connected = server === undefined ? [] : [connectionParameter(scope)];
  if (server !== undefined) parts.push(`baseUrl: ${baseUrl(scope, server, "connection")}`);
  const places = (["path", "query", "header"] as const).flatMap((place) => {
    const own = method.input.parameters.filter((one) => one.place === place);
    const members = own.map((one) => `${key(one.wireName)}: ${parameterValue(scope, one)}`);
    return own.length === 0 ? [] : [`${place}: { ${members.join(", ")} }`];
  });
  if (places.length > 0) parts.push(`params: { ${places.join(", ")} }`);
  const { body } = method.input;
  if (body?.placement === "input") {
    const literal = codecs.literal("encode", bodyMembers(scope, method), "input");
    parts.push(`body: ${sendUndeclared(scope)}(${literal}, input)`);
  } else if (body !== undefined) {
    const value = codecs.expression("encode", body.shape, "input.body", "body");
    parts.push(
      `body: ${body.required ? value : `input.body === undefined ? undefined : ${value}`}`,
    );
  }
  return {
    kind: StructureKind.Function,
    name: localName(scope, method, "Request"),
    parameters: [...connected, { name: "value", type }],
    returnType: imports.type("RequestParts", runtime("raw-client")),
    // One text: ts-morph puts blank lines between statements that span lines.
    statements: [
      `const input = ${codecs.onlyKeys(inputMembers(scope, method), "value")};`,
      `return { ${parts.join(", ")} };`,
    ].join("\n"),
  };
}

function sendUndeclared({ imports, runtime }: ResourceScope): string {
  return imports.value("sendUndeclared", runtime("undeclared"));
}

/** The parameter that brings the connection, which knows where servers are. */
function connectionParameter({ imports, runtime }: ResourceScope): { name: string; type: string } {
  return { name: "connection", type: imports.type("Connection", runtime("connection")) };
}

/** Everything that the input may hold. */
function inputMembers(scope: ResourceScope, method: Method): readonly { readonly name: string }[] {
  const { parameters, body } = method.input;
  return [
    ...wantedVariables(method).map(({ property }) => ({ name: property })),
    ...parameters,
    ...(body?.placement === "property" ? [{ name: "body" }] : bodyMembers(scope, method)),
  ];
}

/** Members of a body that are members of the input. */
function bodyMembers({ types }: ResourceScope, { input }: Method): readonly Property[] {
  if (input.body?.placement !== "input") return [];
  const { shape } = input.body;
  const target = shape.kind === "ref" ? types.model(shape.model).shape : shape;
  return target.kind === "object" ? target.properties : [];
}

/** An expression of the base URL of an operation that has a server of its own. */
export function baseUrl(
  { imports, runtime }: ResourceScope,
  { variables, url }: Server,
  connection: string,
): string {
  const members = variables.map((variable) => {
    const { name, property } = variable;
    if (variable.default !== "") return `${key(name)}: ${quote(variable.default)}`;
    const check = imports.value("asServerVariable", runtime("limits"));
    return `${key(name)}: ${check}(input${member(property)}, ${quote(property)})`;
  });
  const make = imports.value("serverUrl", runtime("connection"));
  return `${make}(${connection}, ${quote(url)}, { ${members.join(", ")} })`;
}

function parameterValue(
  { codecs, imports, runtime, types }: ResourceScope,
  parameter: Parameter,
): string {
  const { name, place, required, shape } = parameter;
  const given = `input${member(name)}`;
  const value = codecs.expression("encode", shape, given, name);
  const check = (checker: string): string =>
    `${imports.value(checker, runtime("limits"))}(${value}, ${quote(name)})`;
  if (place === "path") return check("asPathSegment");
  const target = shape.kind === "ref" ? types.model(shape.model).shape : shape;
  const mapped = place === "header" && target.kind === "string" ? check("asHeaderValue") : value;
  return required ? mapped : `${given} === undefined ? undefined : ${mapped}`;
}
