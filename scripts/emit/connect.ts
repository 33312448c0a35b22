import {
  type OptionalKind,
  type ParameterDeclarationStructure,
  type StatementStructures,
  StructureKind,
  VariableDeclarationKind,
} from "ts-morph";
import type { Api, SecurityScheme, Server } from "../model/api.js";
import { doc } from "../print/doc.js";
import { key, quote } from "../print/escape.js";
import type { Imports } from "../print/imports.js";
import { isAbsolute, withDefaults } from "./client.js";

/** The parts of a file's scope that printing the connection needs. */
export interface ConnectScope {
  readonly api: Api;
  readonly imports: Imports;
  readonly runtime: (module: string) => string;
}

/** The parameter for the options of a client. */
export function optionsOf({ servers: [server] }: Api): OptionalKind<ParameterDeclarationStructure> {
  const isRequired = !isAbsolute(server);
  return {
    name: "options",
    type: "ClientOptions",
    ...(!isRequired && { initializer: "{}" }),
  };
}

/** An expression that connects: a call of the runtime with the options and the contract. */
export function connectExpression({ api, imports, runtime }: ConnectScope): string {
  const [server] = api.servers;
  const connect = imports.value("connect", runtime("connect"));
  const filled = imports.value.bind(imports, "fillServer", runtime("server-variables"));
  const given =
    offered(server).length === 0
      ? "options, contract"
      : `options, { ...contract, baseUrl: ${filled()}(${quote(template(server))}, options.variables, serverVariables) }`;
  return `${connect}(${given})`;
}

/** The types of the options of a client. */
export function optionTypes({ api, imports, runtime }: ConnectScope): StatementStructures[] {
  const { schemes } = api.security;
  const [server] = api.servers;
  const isRequired = !isAbsolute(server);
  const variables = offered(server);
  return [
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
  ];
}

/** The constants that {@link connectExpression} uses. They describe the contract for the runtime. */
export function contractConstants({ api, imports, runtime }: ConnectScope): StatementStructures[] {
  const { schemes } = api.security;
  const variables = offered(api.servers[0]);
  const raw = imports.type("FetchClient", "./client.js");
  return [
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
  ];
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
