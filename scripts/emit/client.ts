import { StructureKind, VariableDeclarationKind } from "ts-morph";
import type { Api, Server } from "../model/api.js";
import { quote } from "../print/escape.js";
import { Imports } from "../print/imports.js";
import { type Draft, type EmitContext, printSource } from "../print/source.js";

/** Emits `client.ts`: openapi-fetch, typed by the document. */
export function emitClient(api: Api, context: EmitContext): Draft {
  const imports = new Imports();
  const create = imports.default("createClient", "openapi-fetch");
  const client = imports.type("Client", "openapi-fetch");
  const options = imports.type("ClientOptions", "openapi-fetch");
  const paths = imports.type("paths", "./wire.js");
  const [server] = api.servers;
  return printSource(context, "client.ts", imports, [
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: "FetchClient",
      type: `${client}<${paths}, "application/json">`,
      docs: [
        "The raw client: one function per HTTP method, typed by path. Bodies are the JSON of the contract, without conversion.",
      ],
    },
    {
      kind: StructureKind.VariableStatement,
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      docs: ["Base URL of the contract's first server. Its variables have their defaults."],
      declarations: [
        {
          name: "defaultBaseUrl",
          type: "string",
          initializer: quote(server ? withDefaults(server) : ""),
        },
      ],
    },
    {
      kind: StructureKind.VariableStatement,
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      docs: ["All base URLs of the contract, the default first."],
      declarations: [
        {
          name: "baseUrls",
          type: "readonly string[]",
          initializer: `[${[...new Set(api.servers.flatMap(variants))].map(quote).join(", ")}]`,
        },
      ],
    },
    {
      kind: StructureKind.Function,
      isExported: true,
      name: "createFetchClient",
      parameters: [{ name: "options", type: options, initializer: "{}" }],
      returnType: "FetchClient",
      docs: [
        "\nCreates a raw client. It does not add credentials, check responses or throw on error statuses. See openapi-fetch.\n\n" +
          "@param options - `baseUrl` defaults to {@link defaultBaseUrl}",
      ],
      statements: `return ${create}<${paths}, "application/json">({ baseUrl: defaultBaseUrl, ...options });`,
    },
  ]);
}

/** Whether a server's URL has a host. If not, callers must pass `baseUrl`. */
export function isAbsolute(server: Server | undefined): boolean {
  return server !== undefined && /^https?:\/\/[^{/]/i.test(withDefaults(server));
}

/** A server's URL with the default of every variable. */
export function withDefaults(server: Server): string {
  return server.variables.reduce(
    (url, variable) => url.replaceAll(`{${variable.name}}`, () => variable.default),
    server.url,
  );
}

/** A server's URLs: the defaults first, then one for each listed value of each variable. */
function variants(server: Server): string[] {
  const others = server.variables.flatMap((variable) =>
    variable.values.map((value) =>
      withDefaults({ ...server, url: server.url.replaceAll(`{${variable.name}}`, () => value) }),
    ),
  );
  return [withDefaults(server), ...others];
}
