import { StructureKind, VariableDeclarationKind } from "ts-morph";
import type { Api, SecurityScheme, Server } from "../model/api.js";
import { toKebab } from "../model/names/words.js";
import { doc } from "../print/doc.js";
import { key, quote } from "../print/escape.js";
import { Imports } from "../print/imports.js";
import { type EmitContext, type OutputFile, printSource } from "../print/source.js";
import { isAbsolute, withDefaults } from "./client.js";

/** Emits `api.ts`: the client with all resources, its options and `createClient`. */
export function emitApi(api: Api, context: EmitContext): OutputFile {
  const imports = new Imports();
  const runtime = (module: string): string => context.runtime(module, 0);
  const { schemes } = api.security;
  const [server] = api.servers;
  const isRequired = !isAbsolute(server);
  const variables = offered(server);
  const connect = imports.value("connect", runtime("connect"));
  const raw = imports.type("FetchClient", "./client.js");
  const resources = api.resources.map(({ className, property, description }) => {
    imports.value(className, `./resources/${toKebab(className)}.js`);
    return { property, className, description };
  });
  const options = {
    name: "options",
    type: "ClientOptions",
    ...(!isRequired && { initializer: "{}" }),
  };
  const filled = imports.value.bind(imports, "fillServer", runtime("server-variables"));
  const given =
    variables.length === 0
      ? "options, contract"
      : `options, { ...contract, baseUrl: ${filled()}(${quote(template(server))}, options.variables, serverVariables) }`;
  return printSource(context, "api.ts", imports, [
    ...(schemes.length === 0
      ? []
      : [
          {
            kind: StructureKind.Interface as const,
            isExported: true,
            name: "AuthOptions",
            docs: [
              "Credentials by security scheme. A function is called before each attempt, so it can renew an expired credential.",
            ],
            properties: schemes.map((scheme) => ({
              name: key(scheme.option),
              type: `${imports.type("Given", runtime("security"))}<${credentialType(scheme, imports, runtime)}> | undefined`,
              isReadonly: true,
              hasQuestionToken: true,
              docs: doc([scheme.description, sentText(scheme)]),
            })),
          },
        ]),
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "ClientOptions",
      extends: [imports.type("ConnectOptions", runtime("connect"))],
      docs: ["Options of {@link createClient}."],
      properties: [
        ...(isRequired
          ? [
              {
                name: "baseUrl",
                type: "string",
                isReadonly: true,
                docs: [
                  "Base URL of the API. Required, because the contract names no server with a host. To an origin, the client adds the contract's base path, if there is one.",
                ],
              },
            ]
          : []),
        ...(schemes.length === 0
          ? []
          : [
              {
                name: "auth",
                type: "AuthOptions | undefined",
                isReadonly: true,
                hasQuestionToken: true,
                docs: [
                  "Credentials. If an operation accepts several alternatives, it uses the first one that you give.",
                ],
              },
            ]),
        ...(variables.length === 0
          ? []
          : [
              {
                name: "variables",
                type: variablesType(variables),
                isReadonly: true,
                hasQuestionToken: true,
                docs: [
                  "Values of the variables in the URL of the contract's first server. `baseUrl` overrides them.",
                ],
              },
            ]),
      ],
    },
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
            `const { ${resources.length === 0 ? "" : "connection, "}raw } = ${connect}(${given});`,
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
    ...(variables.length === 0
      ? []
      : [
          {
            kind: StructureKind.VariableStatement as const,
            declarationKind: VariableDeclarationKind.Const,
            declarations: [
              {
                name: "serverVariables",
                type: imports.type("ServerVariables", runtime("server-variables")),
                initializer: `{ ${variables.map(variableLiteral).join(", ")} }`,
              },
            ],
          },
        ]),
    {
      kind: StructureKind.VariableStatement,
      declarationKind: VariableDeclarationKind.Const,
      declarations: [
        {
          name: "contract",
          type: `${imports.type("Contract", runtime("connect"))}<${raw}>`,
          initializer: `{ ${[
            `baseUrl: ${imports.value("defaultBaseUrl", "./client.js")}`,
            imports.value("createFetchClient", "./client.js"),
            `authorizer: (auth) => ${authorizerCall(schemes, imports, runtime)}`,
            `security: ${JSON.stringify(api.security.usual)}`,
            ...(variables.length === 0 ? [] : ['options: ["variables"]']),
          ].join(", ")} }`,
        },
      ],
    },
  ]);
}

/** The variables of a server's URL that callers can set. For a variable that is a whole URL, they set `baseUrl`. */
function offered(server: Server | undefined): Server["variables"] {
  return (server?.variables ?? []).filter((variable) => !variable.default.includes("://"));
}

/** A server's URL in which only the offered variables are still open. The others have their defaults. */
function template(server: Server | undefined): string {
  if (server === undefined) return "";
  const others = server.variables.filter((variable) => !offered(server).includes(variable));
  return withDefaults({ ...server, variables: others });
}

function credentialType(
  { sent }: SecurityScheme,
  imports: Imports,
  runtime: (module: string) => string,
): string {
  return sent.by === "basic" ? imports.type("BasicCredentials", runtime("security")) : "string";
}

/** Says where a credential is sent, for its doc comment. */
function sentText({ sent }: SecurityScheme): string {
  switch (sent.by) {
    case "authorization":
      return `Sent as \`Authorization: ${sent.scheme} …\`.`;
    case "basic":
      return "User name and password, sent as `Authorization: Basic …`.";
    case "header":
      return `Sent in the header \`${sent.name}\`.`;
    case "query":
      return `Sent in the query, as \`${sent.name}\`.`;
    case "cookie":
      return `Sent in the cookie \`${sent.name}\`.`;
  }
}

/** An expression that reads the credentials. A contract with one scheme imports a smaller function. */
function authorizerCall(
  schemes: readonly SecurityScheme[],
  imports: Imports,
  runtime: (module: string) => string,
): string {
  const [first, ...others] = schemes;
  if (first !== undefined && others.length === 0) {
    const sole = imports.value("soleAuthorizer", runtime("security"));
    return `${sole}(auth, ${schemeCall(first, imports, runtime)})`;
  }
  const rows = schemes.map((one) => `${key(one.name)}: ${schemeCall(one, imports, runtime)}`);
  return `${imports.value("authorizer", runtime("security"))}(auth, { ${rows.join(", ")} })`;
}

function schemeCall(
  { option, sent }: SecurityScheme,
  imports: Imports,
  runtime: (module: string) => string,
): string {
  const scheme = (name: string, ...args: string[]): string =>
    `${imports.value(name, runtime("security"))}(${[option, ...args].map(quote).join(", ")})`;
  switch (sent.by) {
    case "authorization":
      return sent.scheme === "Bearer" ? scheme("bearerScheme") : scheme("httpScheme", sent.scheme);
    case "basic":
      return scheme("basicScheme");
    case "header":
      return scheme("headerKey", sent.name);
    case "query":
      return scheme("queryKey", sent.name);
    case "cookie":
      return scheme("cookieKey", sent.name);
  }
}

function variablesType(variables: Server["variables"]): string {
  const members = variables.map((variable) => {
    const type = variable.values.length > 0 ? variable.values.map(quote).join(" | ") : "string";
    const isRequired = variable.default === "";
    return `readonly ${key(variable.property)}${isRequired ? "" : "?"}: ${type}${isRequired ? "" : " | undefined"};`;
  });
  return `{ ${members.join("\n")} } | undefined`;
}

function variableLiteral({
  name,
  property,
  default: usual,
  values,
}: Server["variables"][number]): string {
  const enumerated = values.length === 0 ? "" : `, values: [${values.map(quote).join(", ")}]`;
  return `${key(name)}: { option: ${quote(property)}, usual: ${quote(usual)}${enumerated} }`;
}
