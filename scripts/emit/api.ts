import { type StatementStructures, StructureKind } from "ts-morph";
import type { Api } from "../model/api.js";
import { toKebab } from "../model/names/words.js";
import { doc } from "../print/doc.js";
import { Imports } from "../print/imports.js";
import { type Draft, type EmitContext, printSource } from "../print/source.js";
import {
  type ConnectScope,
  connectExpression,
  contractConstants,
  optionsOf,
  optionTypes,
} from "./connect.js";

/**
 * Emits `api.ts`: the client with all resources, its options and `createClient`. Where operations can be called without a client,
 * the connection has a file of its own, so that such a program does not load the resources.
 */
export function emitApi(api: Api, context: EmitContext, hasSingles: boolean): Draft[] {
  if (!hasSingles) {
    const scope = scopeOf(api, context);
    const connected = connectExpression(scope);
    return [
      printSource(context, "api.ts", scope.imports, [
        ...optionTypes(scope),
        ...clientOf(scope, connected),
        ...contractConstants(scope),
      ]),
    ];
  }
  return [emitConnection(api, context), emitConnected(api, context)];
}

function scopeOf(api: Api, context: EmitContext): ConnectScope {
  const runtime = (module: string): string => context.runtime(module, 0);
  return { api, imports: new Imports(), runtime };
}

/** `connection.ts`: what a single operation is called with. */
function emitConnection(api: Api, context: EmitContext): Draft {
  const scope = scopeOf(api, context);
  const { imports, runtime } = scope;
  const options = optionsOf(api);
  const connection = imports.type("Connection", runtime("connection"));
  const connected = `{ readonly connection: ${connection}; readonly raw: ${imports.type("FetchClient", "./client.js")} }`;
  return printSource(context, "connection.ts", imports, [
    ...optionTypes(scope),
    {
      kind: StructureKind.Function,
      isExported: true,
      name: "open",
      parameters: [options],
      returnType: connected,
      docs: ["Connects: what the resources of a client have in common, and its raw client."],
      statements: `return ${connectExpression(scope)};`,
    },
    {
      kind: StructureKind.Function,
      isExported: true,
      name: "createConnection",
      parameters: [options],
      returnType: connection,
      docs: [
        "\nMakes what a single operation is called with, where a whole client would be too large for a bundle. The functions\n" +
          "are in the folders of `resources/`.\n\n" +
          "@param options - see {@link ClientOptions}\n" +
          "@throws {TypeError} An option is missing, invalid or unknown. The message names it.",
      ],
      statements: "return open(options).connection;",
    },
    ...contractConstants(scope),
  ]);
}

/** `api.ts` beside a `connection.ts`. */
function emitConnected(api: Api, context: EmitContext): Draft {
  const scope = scopeOf(api, context);
  const { imports } = scope;
  imports.type("ClientOptions", "./connection.js");
  const open = imports.value("open", "./connection.js");
  const types = api.security.schemes.length === 0 ? [] : ["AuthOptions"];
  const again: StatementStructures = {
    kind: StructureKind.ExportDeclaration,
    moduleSpecifier: "./connection.js",
    isTypeOnly: true,
    namedExports: [...types, "ClientOptions"].map((name) => ({ name, isTypeOnly: false })),
  };
  return printSource(context, "api.ts", imports, [again, ...clientOf(scope, `${open}(options)`)]);
}

/** @param connected - an expression that connects */
function clientOf({ api, imports }: ConnectScope, connected: string): StatementStructures[] {
  const raw = imports.type("FetchClient", "./client.js");
  const options = optionsOf(api);
  const resources = api.resources.map(({ className, property, description }) => {
    imports.value(className, `./resources/${toKebab(className)}.js`);
    return { property, className, description };
  });
  return [
    {
      kind: StructureKind.Class,
      isExported: true,
      name: "Api",
      docs: ["A client of the API. Each resource is a property."],
      properties: [
        ...resources.map(({ property, className, description }) => ({
          name: property,
          type: className,
          isReadonly: true,
          docs: doc([description]),
        })),
        {
          name: "raw",
          type: raw,
          isReadonly: true,
          docs: doc([
            "The raw client that the resources use: openapi-fetch, typed by the contract. It sends the contract's default credentials, but does not check responses or throw on error statuses. Middleware that you add to it also runs for calls of the resources.",
          ]),
        },
      ],
      ctors: [
        {
          parameters: [options],
          docs: [
            "@param options - see {@link ClientOptions}\n@throws {TypeError} An option is missing, invalid or unknown. The message names it.",
          ],
          statements: [
            `const { ${resources.length === 0 ? "" : "connection, "}raw } = ${connected};`,
            ...resources.map(
              ({ property, className }) => `this.${property} = new ${className}(connection);`,
            ),
            "this.raw = raw;",
          ].join("\n"),
        },
      ],
    },
    {
      kind: StructureKind.Function,
      isExported: true,
      name: "createClient",
      parameters: [options],
      returnType: "Api",
      docs: [
        "\nCreates a client.\n\n@param options - see {@link ClientOptions}\n@throws {TypeError} An option is missing, invalid or unknown. The message names it.",
      ],
      statements: "return new Api(options);",
    },
  ];
}
