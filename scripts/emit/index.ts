import { StructureKind } from "ts-morph";
import type { Api } from "../model/api.js";
import { toKebab } from "../model/names/words.js";
import { Imports } from "../print/imports.js";
import { compareModules, compareNames } from "../print/module-order.js";
import { type Draft, type EmitContext, printSource } from "../print/source.js";

import { ruledNames } from "../print/types.js";
import { payloadDecoder } from "./webhooks.js";

interface Exported {
  readonly name: string;
  readonly isType: boolean;
  readonly from: string;
}

/** Exports of the runtime that callers need: module, values, types. */
const runtimeExports: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    "errors",
    [
      "ApiError",
      "CallError",
      "ContractError",
      "TimeoutError",
      "TransportError",
      "isApiError",
      "isCallError",
    ],
    [],
  ],
  ["event-stream", [], ["ServerSentEvent"]],
  ["operation", [], ["CallOptions"]],
  ["settle", ["settle"], ["Call", "CallFailure", "Settled"]],
  ["with-response", ["withResponse"], ["WithResponse"]],
];

/** Emits `index.ts`, the public exports of the generated client. Codecs and tables stay internal. */
export function emitIndex(api: Api, context: EmitContext, hasSingles: boolean): Draft {
  const all: Exported[] = [
    ...["Api", "createClient"].map((name) => ({ name, isType: false, from: "./api.js" })),
    ...(api.security.schemes.length === 0
      ? ["ClientOptions"]
      : ["AuthOptions", "ClientOptions"]
    ).map((name) => ({ name, isType: true, from: "./api.js" })),
    ...(hasSingles ? [{ name: "createConnection", isType: false, from: "./connection.js" }] : []),
    { name: "FetchClient", isType: true, from: "./client.js" },
    ...["baseUrls", "createFetchClient", "defaultBaseUrl"].map((name) => ({
      name,
      isType: false,
      from: "./client.js",
    })),
    { name: "ErrorCode", isType: true, from: "./errors.js" },
    { name: "errorCodes", isType: false, from: "./errors.js" },
    ...api.errors.statuses.map(({ className }) => ({
      name: className,
      isType: false,
      from: "./errors.js",
    })),
    ...api.models.flatMap((model) => {
      const { name, inputName, answered } = model;
      const names = new Set([
        ...(answered ? [name] : []),
        ...(inputName === undefined ? [] : [inputName]),
        ...ruledNames(model),
      ]);
      return [...names].map((one) => ({
        name: one,
        isType: true,
        from: `./models/${toKebab(name)}.js`,
      }));
    }),
    ...api.resources.flatMap(({ className, methods }) => {
      const from = `./resources/${toKebab(className)}.js`;
      const types = methods.flatMap(({ input, failureName, headersName }) => [
        ...(input.typeName === undefined ? [] : [input.typeName]),
        failureName,
        ...(headersName === undefined ? [] : [headersName]),
      ]);
      return [
        { name: className, isType: false, from },
        ...types.map((name) => ({ name, isType: true, from })),
      ];
    }),
    ...api.incoming.flatMap((incoming) => [
      { name: incoming.typeName, isType: true, from: "./webhooks.js" },
      { name: payloadDecoder(incoming), isType: false, from: "./webhooks.js" },
    ]),
    ...(api.incoming.length === 0
      ? []
      : [{ name: "PayloadError", isType: false, from: context.runtime("payload", 0) }]),
  ];
  for (const [module, names, types] of runtimeExports) {
    const from = context.runtime(module, 0);
    all.push(...names.map((name) => ({ name, isType: false, from })));
    all.push(...types.map((name) => ({ name, isType: true, from })));
  }
  const files = [...new Set(all.map(({ from }) => from))].sort(compareModules);
  return printSource(
    context,
    "index.ts",
    new Imports(),
    files.map((moduleSpecifier) => {
      const own = all.filter(({ from }) => from === moduleSpecifier);
      const isTypeOnly = own.every(({ isType }) => isType);
      return {
        kind: StructureKind.ExportDeclaration,
        moduleSpecifier,
        isTypeOnly,
        namedExports: own
          .sort((left, right) => compareNames(left.name, right.name))
          .map(({ name, isType }) => ({ name, isTypeOnly: isType && !isTypeOnly })),
      };
    }),
  );
}
