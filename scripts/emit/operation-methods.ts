import { type MethodDeclarationStructure, StructureKind } from "ts-morph";
import type { Method } from "../model/api.js";
import { key, member, quote } from "../print/escape.js";
import { listAllDoc, lookupDoc, methodDoc } from "../print/method-doc.js";
import { choosingMethod } from "./choosing-method.js";
import { callType, methodParameters, optionsParameter } from "./method-parameters.js";
import { choicesOf } from "./operation-spec.js";
import { requestExpression, sendings } from "./requests.js";
import { localName, type ResourceScope, specName } from "./resource-scope.js";
import { callExpression, readings, readingType } from "./responses.js";

/** The methods of an operation: the call itself, and those that its pagination adds. */
export function operationMethods(
  scope: ResourceScope,
  method: Method,
): MethodDeclarationStructure[] {
  return [callMethod(scope, method), ...listAll(scope, method), ...lookup(scope, method)];
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
