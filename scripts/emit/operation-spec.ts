import { type StatementStructures, StructureKind, VariableDeclarationKind } from "ts-morph";
import type { Failure, Method } from "../model/api.js";
import { key, quote } from "../print/escape.js";

import { errorReader } from "./errors.js";
import { localName, type ResourceScope, specName } from "./resource-scope.js";
import { headersReaderName } from "./response-headers.js";
import { applied } from "./responses.js";

/** The constant that describes an operation for the runtime. */
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
    `errors: ${imports.value("errorTable", `${scope.up}errors.js`)}`,
    ...(readers.length > 0 ? [`errorBodies: { ${readers.join(", ")} }`] : []),
    ...(method.headersName === undefined ? [] : [`headers: ${headersReaderName(scope, method)}`]),
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

/** The constants of derived methods, such as `listAll`: the operation's, with the name of the derived method. */
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

/** Checks the path against the wire types, so that an unknown path does not compile. */
function bound({ imports, up }: ResourceScope, { target }: Method): string {
  return target === undefined ? ` satisfies keyof ${imports.type("paths", `${up}wire.js`)}` : "";
}

/** Options that only this method has, with their values: `contentType`, `accept` and `as`. */
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

/** The failures whose bodies differ from those in the table of all errors. */
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
    ? scope.imports.value(errorReader(body.model), `${scope.up}errors.js`)
    : localName(scope, method, `Failure${suffix(status)}`);
}

/** The status in a function name: `409`, `4XX`, `Default`. */
function suffix(status: number | string): string {
  return status === "default" ? "Default" : String(status);
}

/** The functions that decode error bodies without a model. */
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
