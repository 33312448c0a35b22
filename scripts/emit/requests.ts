import { type StatementStructures, StructureKind, VariableDeclarationKind } from "ts-morph";
import type {
  MediaBody,
  Method,
  Parameter,
  ParameterPlace,
  Property,
  Serialization,
  Server,
} from "../model/api.js";
import { isScalar } from "../model/serialization.js";
import { key, member, quote } from "../print/escape.js";
import { isPlainJson, mediaWords } from "./media.js";
import { choicesOf } from "./operation-spec.js";
import { localName, type ResourceScope, wantedVariables } from "./resource-scope.js";

/** A way to send the request of a method: in the default media type or in another one. */
export interface Sending {
  /** Name of the function that builds the request; absent if the call builds it inline. */
  readonly maker?: string;
  readonly body?: MediaBody;
  readonly placement: "input" | "property" | "whole";
}

/** All ways to send the request of a method, the default first. */
export function sendings(scope: ResourceScope, method: Method): [Sending, ...Sending[]] {
  const { input, target } = method;
  const { body } = input;
  const isPlain = body === undefined || isPlainJson(body);
  const isNamed = input.typeName !== undefined || !isPlain || target !== undefined;
  const placement = input.typeName === undefined ? "whole" : (body?.placement ?? "input");
  const usual: Sending = {
    ...(isNamed && { maker: localName(scope, method, "Request") }),
    ...(body !== undefined && { body }),
    placement,
  };
  const others = body?.others ?? [];
  const words = mediaWords(others);
  return [
    usual,
    ...others.map((other, at): Sending => {
      const maker = localName(scope, method, `${words[at]}Request`);
      return { maker, body: other, placement: "property" };
    }),
  ];
}

/** An expression that builds the request from the `input` of a method. */
export function requestExpression(
  scope: ResourceScope,
  method: Method,
  { maker, body }: Sending,
): string {
  const { input, server } = method;
  const isInput = input.typeName !== undefined || body !== undefined;
  if (maker !== undefined) {
    const args = [
      ...(server === undefined ? [] : [scope.connection]),
      ...(isInput ? ["input"] : []),
    ];
    return `${maker}(${args.join(", ")})`;
  }
  const parts = [
    ...(server === undefined ? [] : [`baseUrl: ${baseUrl(scope, server, scope.connection)}`]),
    ...(body === undefined
      ? []
      : [`body: ${scope.codecs.expression("encode", body.shape, "input")}`]),
  ];
  return `{ ${parts.join(", ")} }`;
}

/** The functions that check a method's input and build the request from it, one for each way to send it. */
export function requestMakers(scope: ResourceScope, method: Method): StatementStructures[] {
  const query = queryWriter(scope, method);
  return [
    ...(query === undefined ? [] : [query]),
    ...sendings(scope, method).flatMap((sending) => {
      if (sending.maker === undefined) return [];
      const form = formWriter(scope, sending.maker, sending.body);
      return [
        ...(form === undefined ? [] : [form]),
        requestMaker(scope, method, sending, sending.maker),
      ];
    }),
  ];
}

function requestMaker(
  scope: ResourceScope,
  method: Method,
  sending: Sending,
  name: string,
): StatementStructures {
  const { codecs, imports, runtime, types } = scope;
  const { input, server } = method;
  const { body, placement } = sending;
  const parts: string[] = [];
  const statements: string[] = [];
  const hasInput = input.typeName !== undefined || body !== undefined;
  if (placement !== "whole" && hasInput) {
    statements.push(
      `const input = ${codecs.onlyKeys(inputMembers(scope, method, placement), "value")};`,
    );
  }
  if (server !== undefined) parts.push(`baseUrl: ${baseUrl(scope, server, "connection")}`);
  const sent = body === undefined ? undefined : bodyParts(scope, method, sending, body, name);
  if (sent?.statement !== undefined) statements.push(sent.statement);
  const params = parameterParts(scope, method, sent?.contentType);
  if (params !== "") parts.push(`params: { ${params} }`);
  if (isWritten(scope, method)) parts.push(`querySerializer: ${queryName(scope, method)}`);
  if (isPathWritten(scope, method)) {
    parts.push(`pathSerializer: ${imports.value("writtenPath", runtime("parameter-style"))}`);
  }
  if (sent !== undefined) parts.push(...sent.parts);
  const own = input.typeName ?? (body === undefined ? undefined : types.type(body.shape, "input"));
  const type = choicesOf(method).length > 0 ? "unknown" : own;
  return {
    kind: StructureKind.Function,
    name,
    parameters: [
      ...(server === undefined ? [] : [connectionParameter(scope)]),
      ...(hasInput && type !== undefined ? [{ name: "value", type }] : []),
    ],
    returnType: imports.type("RequestParts", runtime("raw-client")),
    // Joined, because ts-morph would put blank lines between statements of several lines.
    statements: [...statements, `return { ${parts.join(", ")} };`].join("\n"),
  };
}

/** The parts of a request that depend on its body. */
interface BodyParts {
  readonly parts: readonly string[];
  /** An expression for the header `content-type`; absent if openapi-fetch sets it. */
  readonly contentType?: string;
  /** A statement that the parts depend on. */
  readonly statement?: string;
}

function bodyParts(
  scope: ResourceScope,
  method: Method,
  { placement }: Sending,
  body: MediaBody,
  maker: string,
): BodyParts {
  const { imports, runtime, codecs } = scope;
  const isOptional = placement === "property" && method.input.body?.required !== true;
  const given = placement === "whole" ? "value" : "input.body";
  const place = placement === "whole" ? undefined : "body";
  // A function, because printing adds imports: a branch that does not use it must not import anything.
  const encoded = (): string =>
    placement === "input"
      ? `${sendUndeclared(scope)}(${codecs.literal("encode", bodyMembers(scope, method), "input")}, input)`
      : codecs.expression("encode", body.shape, given, place);
  const optional = (value: string): string =>
    isOptional ? `${given} === undefined ? undefined : ${value}` : value;
  const asIs = (): string => `bodySerializer: ${imports.value("asIs", runtime("binary"))}`;
  const contentType = optional(quote(body.mediaType));
  switch (body.kind) {
    case "json":
      return {
        parts: [`body: ${optional(encoded())}`],
        ...(!isPlainJson(body) && { contentType }),
      };
    case "form":
      return {
        parts: [`body: ${optional(encoded())}`, `bodySerializer: ${formName(scope, maker, body)}`],
        contentType,
      };
    case "multipart": {
      const encoding = partEncodings(scope, method, body);
      const options = encoding.length === 0 ? "" : `, { ${encoding.join(", ")} }`;
      const write = imports.value("multipartBody", runtime("multipart"));
      return {
        statement: `const body = ${optional(`${write}(${encoded()}${options})`)};`,
        parts: ["body", asIs()],
        contentType: isOptional ? "body?.type" : "body.type",
      };
    }
    case "binary": {
      const check = imports.value("asBinaryBody", runtime("binary"));
      const at = place === undefined ? "" : `, ${quote(place)}`;
      const bytes = imports.value("binaryParts", runtime("binary"));
      const isRange = body.mediaType.includes("*");
      const type = imports.value.bind(imports, "typeOf", runtime("binary"));
      return {
        statement: `const body = ${optional(`${check}(${given}${at})`)};`,
        parts: [`...${bytes}(body)`],
        contentType: isRange
          ? `${type()}(body)`
          : body.mediaType.startsWith("multipart/")
            ? `${type()}(body, ${contentType})`
            : contentType,
      };
    }
    case "lines": {
      const lines = imports.value("asLines", runtime("lines"));
      const at = place === undefined ? "undefined" : quote(place);
      const item = codecs.reader("encode", body.shape);
      return {
        parts: [`body: ${optional(`${lines}(${given}, ${at}, ${item})`)}`, asIs()],
        contentType,
      };
    }
    default:
      return { parts: [`body: ${optional(encoded())}`, asIs()], contentType };
  }
}

/** Properties of an object literal for form fields with an encoding that is not the default. */
function partEncodings(
  scope: ResourceScope,
  method: Method,
  { encoding = {} }: MediaBody,
): string[] {
  const given = method.input.parameters.filter(({ place }) => place === "part");
  const names = new Set([...Object.keys(encoding), ...given.map(({ part = "" }) => part)]);
  return [...names].map((name) => {
    const { contentType, headers = {} } = encoding[name] ?? {};
    const members = [
      ...Object.entries(headers).map(([header, text]) => `${key(header)}: ${quote(text)}`),
      ...given
        .filter(({ part }) => part === name)
        .map((one) => `${key(one.wireName)}: ${parameterValue(scope, method, one)}`),
    ];
    const own = [
      ...(contentType === undefined ? [] : [`contentType: ${quote(contentType)}`]),
      ...(members.length === 0 ? [] : [`headers: { ${members.join(", ")} }`]),
    ];
    return `${key(name)}: { ${own.join(", ")} }`;
  });
}

/** The properties of `params`: parameters by place, and the header `content-type`. */
function parameterParts(
  scope: ResourceScope,
  method: Method,
  contentType: string | undefined,
): string {
  const of = (place: ParameterPlace): Parameter[] =>
    method.input.parameters.filter((one) => one.place === place);
  const members = (own: readonly Parameter[]): string[] =>
    own.map((one) => `${key(one.wireName)}: ${parameterValue(scope, method, one)}`);
  const fixed = (method.target?.query ?? []).map(
    ([name, value]) => `${key(name)}: ${quote(value)}`,
  );
  const cookies = cookieHeader(scope, of("cookie"), members);
  const places: readonly (readonly [string, readonly string[]])[] = [
    ["path", members(of("path"))],
    ["query", [...fixed, ...members(of("query"))]],
    [
      "header",
      [
        ...members(of("header")),
        ...(cookies === undefined ? [] : [`cookie: ${cookies}`]),
        ...(contentType === undefined ? [] : [`"content-type": ${contentType}`]),
      ],
    ],
  ];
  return places
    .filter(([, own]) => own.length > 0)
    .map(([place, own]) => `${place}: { ${own.join(", ")} }`)
    .join(", ");
}

function cookieHeader(
  { imports, runtime }: ResourceScope,
  own: readonly Parameter[],
  members: (own: readonly Parameter[]) => string[],
): string | undefined {
  if (own.length === 0) return undefined;
  const write = imports.value("cookieText", runtime("parameter-style"));
  const styles = styleLiteral(own.filter(({ serialization }) => isStyled(serialization)));
  return `${write}({ ${members(own).join(", ")} }${styles === "" ? "" : `, ${styles}`})`;
}

function parameterValue(scope: ResourceScope, method: Method, parameter: Parameter): string {
  const { codecs, imports, runtime, types } = scope;
  const { name, place, required, shape, serialization } = parameter;
  const given = `input${member(name)}`;
  const encoded = codecs.expression("encode", shape, given, name);
  const value = serialization?.style === "content" ? `JSON.stringify(${encoded})` : encoded;
  const checked = (checker: string, inner: string): string =>
    `${imports.value(checker, runtime("limits"))}(${inner}, ${quote(name)})`;
  if (place === "path") {
    if (!isPathWritten(scope, method)) return checked("asPathSegment", value);
    const write = imports.value("pathText", runtime("parameter-style"));
    const style = styleMembers(serialization, "simple");
    const options = style === "" ? "" : `, { ${style} }`;
    return checked("asPathSegment", `${write}(${quote(parameter.wireName)}, ${value}${options})`);
  }
  const target = types.resolve(shape);
  let mapped = value;
  const isHeader = place === "header" || place === "part";
  if (isHeader) {
    const isText = target.kind === "string" || serialization?.style === "content";
    const isOne = isText || isScalar(shape, (model) => types.model(model).shape);
    const write = (): string => imports.value("headerText", runtime("parameter-style"));
    const explode = serialization?.explode === true ? ", true" : "";
    if (!isOne) mapped = `${write()}(${value}${explode})`;
    if (isText || !isOne) mapped = checked("asHeaderValue", mapped);
  }
  if (required && target.kind !== "nullable") return mapped;
  const isNullable = target.kind === "nullable" && isHeader;
  return `${given} ${isNullable ? "== null" : "=== undefined"} ? undefined : ${mapped}`;
}

/** Whether the query needs our serializer. That of openapi-fetch supports one style and does not encode names. */
function isWritten(scope: ResourceScope, { input, target }: Method): boolean {
  if ((target?.query.length ?? 0) > 0) return true;
  return input.parameters.some(
    (one) =>
      one.place === "query" &&
      (isStyled(one.serialization) || !/^[\w.~-]+$/.test(one.wireName) || !isSimple(scope, one)),
  );
}

/** Whether a parameter is a scalar or an array of scalars. */
function isSimple({ types }: ResourceScope, { shape }: Parameter): boolean {
  const modelShape = (model: string) => types.model(model).shape;
  const target = types.resolve(shape);
  return isScalar(target.kind === "array" ? target.items : target, modelShape);
}

function isPathWritten(scope: ResourceScope, { input }: Method): boolean {
  return input.parameters.some(
    (one) =>
      one.place === "path" &&
      (isStyled(one.serialization) ||
        !/^\w[\w.~-]*$/.test(one.wireName) ||
        !isScalar(one.shape, (model) => scope.types.model(model).shape)),
  );
}

function isStyled(serialization: Serialization | undefined): boolean {
  return serialization !== undefined && serialization.style !== "content";
}

function queryName(scope: ResourceScope, method: Method): string {
  const isOwn = method.input.parameters.some(
    (one) => one.place === "query" && isStyled(one.serialization),
  );
  return isOwn
    ? localName(scope, method, "Query")
    : scope.imports.value("writeQuery", scope.runtime("parameter-style"));
}

/** The constant that serializes the query of a method; `undefined` if all parameters have the default style. */
function queryWriter(scope: ResourceScope, method: Method): StatementStructures | undefined {
  const styled = method.input.parameters.filter(
    (one) => one.place === "query" && isStyled(one.serialization),
  );
  if (styled.length === 0) return undefined;
  return writer(scope, localName(scope, method, "Query"), styleLiteral(styled));
}

function formName(scope: ResourceScope, maker: string, body: MediaBody): string {
  return hasStyles(body)
    ? maker.replace(/Request(\$?)$/, "Form$1")
    : scope.imports.value("writeForm", scope.runtime("parameter-style"));
}

function hasStyles({ encoding = {} }: MediaBody): boolean {
  return Object.values(encoding).some(({ serialization }) => serialization !== undefined);
}

/** The constant that serializes a form; `undefined` if all fields have the default style. */
function formWriter(
  scope: ResourceScope,
  maker: string,
  body: MediaBody | undefined,
): StatementStructures | undefined {
  if (body?.kind !== "form" || !hasStyles(body)) return undefined;
  const styled = Object.entries(body.encoding ?? {}).map(([wireName, { serialization }]) => ({
    wireName,
    serialization,
  }));
  const styles = styleLiteral(styled.filter(({ serialization }) => serialization !== undefined));
  return writer(scope, formName(scope, maker, body), `${styles}, { style: "json" }`);
}

function writer(
  { imports, runtime }: ResourceScope,
  name: string,
  args: string,
): StatementStructures {
  const write = imports.value("queryWriter", runtime("parameter-style"));
  return {
    kind: StructureKind.VariableStatement,
    declarationKind: VariableDeclarationKind.Const,
    declarations: [
      {
        name,
        type: imports.type("QueryWriter", runtime("parameter-style")),
        initializer: `/* @__PURE__ */ ${write}(${args})`,
      },
    ],
  };
}

/** Styles by wire name, as an object literal; `""` if there are none. */
function styleLiteral(
  styled: readonly {
    readonly wireName: string;
    readonly serialization?: Serialization | undefined;
  }[],
): string {
  const members = styled.map(
    ({ wireName, serialization }) => `${key(wireName)}: { ${styleMembers(serialization, "form")} }`,
  );
  return members.length === 0 ? "" : `{ ${members.join(", ")} }`;
}

function styleMembers(
  serialization: Serialization | undefined,
  usual: Serialization["style"],
): string {
  if (serialization === undefined || serialization.style === "content") return "";
  const { style, explode, allowReserved } = serialization;
  const isExploded = style === "form" || style === "deepObject";
  return [
    ...(style === usual ? [] : [`style: ${quote(style)}`]),
    ...(explode === isExploded ? [] : [`explode: ${explode}`]),
    ...(allowReserved ? ["allowReserved: true"] : []),
  ].join(", ");
}

/** All properties of the input. */
function inputMembers(
  scope: ResourceScope,
  method: Method,
  placement: Sending["placement"],
): readonly { readonly name: string }[] {
  const { parameters, body } = method.input;
  const isApart = placement === "property" && body !== undefined;
  return [
    ...wantedVariables(method).map(({ property }) => ({ name: property })),
    ...parameters,
    ...(isApart ? [{ name: "body" }] : bodyMembers(scope, method)),
  ];
}

/** Properties of the body that are properties of the input. */
export function bodyMembers({ types }: ResourceScope, { input }: Method): readonly Property[] {
  if (input.body?.placement !== "input") return [];
  const target = types.resolve(input.body.shape);
  return target.kind === "object" ? target.properties : [];
}

/** An expression for the base URL of an operation that has a server of its own. */
function baseUrl(
  { imports, runtime }: ResourceScope,
  { variables, url }: Server,
  connection: string,
): string {
  const members = variables.map((variable) => {
    const { name, property } = variable;
    if (variable.default !== "") return `${key(name)}: ${quote(variable.default)}`;
    const check = imports.value("asServerVariable", runtime("limits"));
    return `${key(name)}: ${check}(input${member(property)}, ${quote(property)})`;
  });
  const make = imports.value("serverUrl", runtime("connection"));
  return `${make}(${connection}, ${quote(url)}, { ${members.join(", ")} })`;
}

function sendUndeclared({ imports, runtime }: ResourceScope): string {
  return imports.value("sendUndeclared", runtime("undeclared"));
}

/** The parameter for the connection, which has the base URLs. */
function connectionParameter({ imports, runtime }: ResourceScope): { name: string; type: string } {
  return { name: "connection", type: imports.type("Connection", runtime("connection")) };
}
