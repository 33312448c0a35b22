import { type StatementStructures, StructureKind, VariableDeclarationKind } from "ts-morph";
import type { Failure, Method } from "../model/api.js";
import { key, quote } from "../print/escape.js";
import { errorReader } from "./errors.js";
import { localName, type ResourceScope, specName } from "./resource-scope.js";
import { applied } from "./responses.js";

/** The constant that tells the runtime of an operation. */
export function specification(scope: ResourceScope, method: Method): StatementStructures {
  const { imports, runtime } = scope;
  const readers = ownFailures(scope, method).flatMap((failure) =>
    failure.body === undefined
      ? []
      : [`${key(String(failure.status))}: ${failureReader(scope, method, failure)}`],
  );
  const choices = choicesOf(method).map(
    ([option, values]) => `${option}: [${values.map(quote).join(", ")}]`,
  );
  const { path = method.path } = method.target ?? {};
  const members = [
    `id: ${quote(method.operationId)}`,
    `name: ${quote(`${scope.resource.property}.${method.name}`)}`,
    `method: ${quote(method.http.toUpperCase())}`,
    `path: ${quote(path)}${bound(scope, method)}`,
    `success: [${method.answer.statuses.map((status) => JSON.stringify(status)).join(", ")}]`,
    `security: ${JSON.stringify(method.security)}`,
    `errors: ${imports.value("errorTable", "../errors.js")}`,
    ...(readers.length > 0 ? [`errorBodies: { ${readers.join(", ")} }`] : []),
    ...(choices.length > 0 ? [`choices: { ${choices.join(", ")} }`] : []),
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

/** The constants of the other methods that call an operation: the same, under the name that callers write. */
export function derivedSpecifications(scope: ResourceScope, method: Method): StatementStructures[] {
  const { pagination } = method;
  const names = pagination === undefined ? [] : [pagination.method, pagination.lookup?.method];
  return names.flatMap((name) =>
    name === undefined
      ? []
      : [
          {
            kind: StructureKind.VariableStatement,
            declarationKind: VariableDeclarationKind.Const,
            declarations: [
              {
                name: specName(scope, { name }),
                type: scope.imports.type("OperationSpec", scope.runtime("operation")),
                initializer: `{ ...${specName(scope, method)}, name: ${quote(`${scope.resource.property}.${name}`)} }`,
              },
            ],
          },
        ],
  );
}

/** Binds the path to the wire types, so that a wrong one does not compile. */
function bound({ imports }: ResourceScope, { target }: Method): string {
  return target === undefined ? ` satisfies keyof ${imports.type("paths", "../wire.js")}` : "";
}

/** What a caller can choose beside the options of every call, and its values. */
export function choicesOf({ input, answer }: Method): [string, readonly string[]][] {
  const types = input.body === undefined ? [] : [input.body, ...input.body.others];
  const answers = answer.body === undefined ? [] : [answer.body, ...answer.others];
  const readings = answer.body === undefined ? [] : [{ ...answer.body, cases: answer.cases }];
  const isBinary = [...readings, ...answer.others].some(
    ({ kind, cases }) => kind === "binary" && cases.length === 0,
  );
  return [
    ...(types.length > 1 ? [choice("contentType", types)] : []),
    ...(answers.length > 1 ? [choice("accept", answers)] : []),
    ...(isBinary ? [["as", ["stream"]] satisfies [string, string[]]] : []),
  ];
}

function choice(
  option: string,
  bodies: readonly { readonly mediaType: string }[],
): [string, readonly string[]] {
  return [option, bodies.map(({ mediaType }) => mediaType)];
}

/** The failures whose bodies the table of all errors does not know, or would mistake. */
function ownFailures({ api }: ResourceScope, { failures }: Method): readonly Failure[] {
  const hasRanges = failures.some(({ status }) => typeof status === "string");
  if (hasRanges) return failures;
  return failures.filter(({ status, body }) => {
    const usual = api.errors.statuses.find((one) => one.status === status)?.bodies[0];
    return body?.kind !== "ref" || JSON.stringify(body) !== JSON.stringify(usual);
  });
}

function failureReader(scope: ResourceScope, method: Method, { status, body }: Failure): string {
  return body?.kind === "ref"
    ? scope.imports.value(errorReader(body.model), "../errors.js")
    : localName(scope, method, `Failure${suffix(status)}`);
}

/** `409`, `4XX`, `Default`. */
function suffix(status: number | string): string {
  return status === "default" ? "Default" : String(status);
}

/** The functions that read error bodies which have no name. */
export function failureReaders(scope: ResourceScope, method: Method): StatementStructures[] {
  return method.failures.flatMap(({ status, body }): StatementStructures[] => {
    if (body === undefined || body.kind === "ref") return [];
    const { codecs, imports, runtime } = scope;
    const value = applied(codecs, body);
    return [
      {
        kind: StructureKind.Function,
        name: localName(scope, method, `Failure${suffix(status)}`),
        parameters: [{ name: "value", type: "unknown" }],
        returnType: imports.type("ErrorBody", runtime("error-table")),
        statements: `return { body: ${value} };`,
      },
    ];
  });
}
