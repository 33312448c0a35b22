import { StructureKind, VariableDeclarationKind } from "ts-morph";
import type { Api, Server } from "../model/api.js";
import { quote } from "../print/escape.js";
import { Imports } from "../print/imports.js";
import { type EmitContext, type OutputFile, printSource } from "../print/source.js";

/** Emits `client.ts`: openapi-fetch, typed by the document. */
export function emitClient(api: Api, context: EmitContext): OutputFile {
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
        "The raw client: one function per HTTP method, typed by path. It sends and returns what is on the wire.",
      ],
    },
    {
      kind: StructureKind.VariableStatement,
      isExported: true,
      declarationKind: VariableDeclarationKind.Const,
      docs: ["Base URL of the contract's first server, its variables at their defaults."],
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
      docs: ["Every base URL that the contract names, the default first."],
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
        "\nMakes a raw client. It adds no credential, checks no answer and throws on no status: see openapi-fetch.\n\n" +
          "@param options - `baseUrl` defaults to {@link defaultBaseUrl}",
      ],
      statements: `return ${create}<${paths}, "application/json">({ baseUrl: defaultBaseUrl, ...options });`,
    },
  ]);
}

/** Whether a server's URL says the host; without one, the caller must. */
export function isAbsolute(server: Server | undefined): boolean {
  return server !== undefined && /^https?:\/\/[^{/]/i.test(withDefaults(server));
}

/** A server's URL with every variable at its default. */
export function withDefaults(server: Server): string {
  return server.variables.reduce(
    (url, variable) => url.replaceAll(`{${variable.name}}`, () => variable.default),
    server.url,
  );
}

/** A server's URLs: one for each value that a variable may have, the defaults first. */
function variants(server: Server): string[] {
  const others = server.variables.flatMap((variable) =>
    variable.values.map((value) =>
      withDefaults({ ...server, url: server.url.replaceAll(`{${variable.name}}`, () => value) }),
    ),
  );
  return [withDefaults(server), ...others];
}
