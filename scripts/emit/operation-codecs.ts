import { type StatementStructures, StructureKind, VariableDeclarationKind } from "ts-morph";
import type { Method, Parameter, Property, Shape } from "../model/api.js";
import { key, member, quote } from "../print/escape.js";
import { errorReader } from "./errors.js";
import {
  inputTypeName,
  localName,
  type ResourceScope,
  specName,
  wantedVariables,
} from "./resource-scope.js";

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

/** The functions beside the class: from the input to parameters and body, from the answer to its value. */
export function encoders(scope: ResourceScope, method: Method): StatementStructures[] {
  const { imports, codecs, types } = scope;
  const { input, answer } = method;
  const operation = `operations[${quote(method.operationId)}]`;
  const given = { name: "input", type: inputTypeName(scope, method) ?? "undefined" };
  const statements: StatementStructures[] = [];
  const add = (suffix: string, returnType: string, body: string[], parameter = given): void => {
    if (suffix !== "Server") imports.type("operations", "../wire.js");
    statements.push({
      kind: StructureKind.Function,
      name: localName(scope, method, suffix),
      parameters: [parameter],
      returnType,
      // One text: ts-morph puts blank lines between statements that span lines.
      statements: body.join("\n"),
    });
  };
  // The first of these functions refuses input with other keys than all of them know.
  const checks =
    input.typeName === undefined
      ? []
      : [
          `${codecs.check("asObject")}(input);`,
          codecs.onlyKeys(inputMembers(scope, method), "input"),
        ];
  if (wantedVariables(method).length > 0) {
    add("Server", "Readonly<Record<string, string>>", [
      ...checks.splice(0),
      `return { ${serverVariables(scope, method).join(", ")} };`,
    ]);
  }
  if (input.parameters.length > 0) {
    add("Parameters", `${operation}["parameters"]`, [
      ...checks.splice(0),
      ...parameterStatements(scope, input.parameters, operation),
    ]);
  }
  const { body } = input;
  if (body !== undefined && input.typeName !== undefined) {
    const wire = `NonNullable<${operation}["requestBody"]>["content"]["application/json"]`;
    const value =
      body.placement === "input"
        ? codecs.literal("encode", bodyMembers(scope, method), "input")
        : codecs.expression("encode", body.shape, "input.body", "body");
    add("Body", body.required ? wire : `{ body: ${wire} } | undefined`, [
      ...checks.splice(0),
      body.required
        ? `return ${value};`
        : `return input.body === undefined ? undefined : { body: ${value} };`,
    ]);
  }
  if (answer.shape !== undefined && modelDecoder(scope, answer.shape) === undefined) {
    const wire = answer.statuses.map(
      (status) => `${operation}["responses"][${status}]["content"]["application/json"]`,
    );
    const parameter = { name: "wire", type: wire.join(" | ") };
    add(
      "Answer",
      types.type(answer.shape, "answer"),
      [codecs.body("decode", answer.shape, "wire")],
      parameter,
    );
  }
  return statements;
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

/** Members of an object literal: the variables of the operation's own server, given or by default. */
export function serverVariables({ imports, runtime }: ResourceScope, { server }: Method): string[] {
  return (server?.variables ?? []).map((variable) => {
    const { name, property } = variable;
    if (variable.default !== "") return `${key(name)}: ${quote(variable.default)}`;
    const check = imports.value("asServerVariable", runtime("limits"));
    return `${key(name)}: ${check}(input${member(property)}, ${quote(property)})`;
  });
}

function parameterStatements(
  scope: ResourceScope,
  parameters: readonly Parameter[],
  operation: string,
): string[] {
  const places = (["path", "query", "header"] as const).filter((place) =>
    parameters.some((one) => one.place === place),
  );
  const statements: string[] = [];
  for (const place of places) {
    const own = parameters.filter((one) => one.place === place);
    const optional = own.filter((one) => !one.required);
    const members = own
      .filter((one) => one.required)
      .map((one) => `${key(one.wireName)}: ${parameterValue(scope, one)}`);
    const whole = `NonNullable<${operation}["parameters"][${quote(place)}]>`;
    statements.push(
      `const ${place}: ${whole} = { ${members.join(", ")} };`,
      ...optional.map((one) => {
        const value = `input${member(one.name)}`;
        return `if (${value} !== undefined) { ${place}${member(one.wireName)} = ${parameterValue(scope, one)}; }`;
      }),
    );
  }
  return [...statements, `return { ${places.join(", ")} };`];
}

function parameterValue(
  { codecs, imports, runtime, types }: ResourceScope,
  parameter: Parameter,
): string {
  const { name, place, shape } = parameter;
  const value = codecs.expression("encode", shape, `input${member(name)}`, name);
  const check = (checker: string): string =>
    `${imports.value(checker, runtime("limits"))}(${value}, ${quote(name)})`;
  if (place === "path") return check("asPathSegment");
  const target = shape.kind === "ref" ? types.model(shape.model).shape : shape;
  return place === "header" && target.kind === "string" ? check("asHeaderValue") : value;
}
