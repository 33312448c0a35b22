import { isJsonObject, type JsonObject, member, members, type Place } from "./json.js";
import { type Check, ContractProblem, schemaCompiler } from "./schemas.js";

/** A parameter of an operation. */
export interface ParameterContract {
  readonly name: string;
  readonly place: "path" | "query" | "header" | "cookie";
  /** The type in its schema, if it has one. Strings are converted to this type before they are checked. */
  readonly type: string | undefined;
  readonly required: boolean;
  /** Whether it is a single string, number or boolean in the default style. */
  readonly isPlain: boolean;
  readonly check: Check;
}

/** The security requirement of an operation: none, a bearer token, or another one, which Prism checks. */
export type Security = "none" | "bearer" | "other";

/** A response of an operation. */
export interface AnswerContract {
  /** Checks by media type; empty if the response has no body. */
  readonly bodies: ReadonlyMap<string, Check>;
  readonly headers: ReadonlyMap<
    string,
    { readonly type: string | undefined; readonly check: Check }
  >;
  /** The error codes that it may have; empty if the document lists none. */
  readonly codes: readonly string[];
  /** Examples by name. */
  readonly examples: ReadonlyMap<string, unknown>;
}

/** An operation, with its compiled checks. */
export interface OperationContract {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly ParameterContract[];
  /** The JSON body; undefined if the operation has none. */
  readonly body:
    | {
        readonly required: boolean;
        readonly check: Check | undefined;
        /** The place of its schema. */
        readonly schema: Place;
        /** Its media types. */
        readonly types: readonly string[];
      }
    | undefined;
  readonly security: Security;
  /** Responses by status code. */
  readonly answers: ReadonlyMap<number, AnswerContract>;
}

/** A document, with its compiled checks. */
export interface Contract {
  readonly document: JsonObject;
  readonly operations: readonly OperationContract[];
  /** Checks an `ErrorInfo`, the body of responses that belong to no operation. */
  readonly errorBody: Check;
  /** Status codes by error code. */
  readonly codes: ReadonlyMap<string, number>;
}

const methods: readonly string[] = [
  "get",
  "put",
  "post",
  "delete",
  "patch",
  "head",
  "options",
  "trace",
];

/** Options of {@link readContract}. */
export interface ContractOptions {
  readonly isKnown?: boolean;
  readonly isForeign?: boolean;
}

/**
 * Reads a document and compiles each of its schemas.
 *
 * @param options - `isKnown`: the document was served before, so compile each schema only when it is first needed;
 * `isForeign`: the document describes another API, which only Prism checks, so compile nothing
 * @throws {ContractProblem} if a part of the document cannot be compiled.
 */
export function readContract(
  document: JsonObject,
  { isKnown = false, isForeign = false }: ContractOptions = {},
): Contract {
  const compile = isForeign
    ? () => () => []
    : isKnown
      ? lazyCompiler(document)
      : schemaCompiler(document);
  const components = member(document, { pointer: "", value: document }, "components");
  const schemas = member(document, components, "schemas");
  if (!isKnown && !isForeign) compileNamed(members(document, schemas), compile);
  const paths = member(document, { pointer: "", value: document }, "paths");
  const operations = members(document, paths).flatMap(([path, item]) =>
    members(document, item)
      .filter(([method]) => methods.includes(method))
      .map(([method, place]) =>
        readOperation({ document, compile, isForeign, method, path, item, place }),
      ),
  );
  if (operations.length === 0) throw new ContractProblem("/paths", "there is no operation");
  const [, errorInfo] = members(document, schemas).find(([name]) => name === "ErrorInfo") ?? [];
  if (errorInfo === undefined && !isForeign) {
    throw new ContractProblem(
      "/components/schemas",
      "the schema ErrorInfo, the body of all errors, is missing",
    );
  }
  return {
    document,
    operations,
    errorBody: errorInfo === undefined ? () => [] : compile(errorInfo),
    codes: readCodes(document),
  };
}

/** Compiles named schemas first, so that a problem is reported once, at its source. */
function compileNamed(
  schemas: readonly (readonly [string, Place])[],
  compile: (schema: Place) => Check,
): void {
  const broken = schemas.flatMap(([, schema]) => {
    try {
      compile(schema);
      return [];
    } catch (error) {
      const { pointer, value } = schema;
      return [{ reference: `"#${pointer}"`, text: JSON.stringify(value), error }];
    }
  });
  const isCause = ({ text }: { readonly text: string }): boolean =>
    !broken.some(({ reference }) => text.includes(reference));
  const cause = broken.find(isCause) ?? broken[0];
  if (cause !== undefined) throw cause.error;
}

/** Compiles each schema when it first checks a value; that call then throws the errors of the schema. */
function lazyCompiler(document: JsonObject): (schema: Place) => Check {
  let compiler: ((schema: Place) => Check) | undefined;
  return (schema) => {
    let check: Check | undefined;
    return (value) => {
      compiler ??= schemaCompiler(document);
      check ??= compiler(schema);
      return check(value);
    };
  };
}

interface OperationPlace {
  readonly document: JsonObject;
  readonly isForeign: boolean;
  readonly compile: (schema: Place) => Check;
  readonly method: string;
  readonly path: string;
  readonly item: Place;
  readonly place: Place;
}

function readOperation(at: OperationPlace): OperationContract {
  const { document, method, path, item, place, isForeign } = at;
  const named = isJsonObject(place.value) ? place.value["operationId"] : undefined;
  const operationId = named ?? (isForeign ? `${method.toUpperCase()} ${path}` : undefined);
  if (typeof operationId !== "string") {
    throw new ContractProblem(place.pointer, "the operation has no operationId");
  }
  const parameters = [item, place].flatMap((owner) =>
    members(document, toObject(member(document, owner, "parameters"))).map(([, one]) =>
      readParameter(at, one),
    ),
  );
  const answers = members(document, member(document, place, "responses")).map(
    ([status, answer]) => [Number(status), readAnswer(at, answer)] as const,
  );
  return {
    operationId,
    method,
    path,
    parameters,
    body: readBody(at),
    security: readSecurity(at),
    answers: new Map(answers),
  };
}

/** Reads the operation's security requirement or, without one, the document's. */
function readSecurity({ document, place }: OperationPlace): Security {
  const root: Place = { pointer: "", value: document };
  const own = isJsonObject(place.value) ? place.value["security"] : undefined;
  const all = own ?? document["security"] ?? [];
  if (!Array.isArray(all)) return "other";
  if (all.length === 0) return "none";
  const names = all.length === 1 && isJsonObject(all[0]) ? Object.keys(all[0]) : [];
  const [name] = names;
  if (name === undefined || names.length > 1) return "other";
  const schemes = member(document, member(document, root, "components"), "securitySchemes");
  const { type, scheme }: JsonObject = Object(member(document, schemes, name).value);
  return type === "http" && scheme === "bearer" ? "bearer" : "other";
}

function readParameter({ document, compile }: OperationPlace, place: Place): ParameterContract {
  const parameter = isJsonObject(place.value) ? place.value : {};
  const { name, in: where, required } = parameter;
  if (typeof name !== "string" || !isParameterPlace(where)) {
    throw new ContractProblem(place.pointer, "a parameter needs name and in");
  }
  const schema = member(document, place, "schema");
  const type = typeOf(schema);
  const isScalar = ["string", "integer", "number", "boolean"].includes(type ?? "");
  const isStyled = ["style", "explode", "content", "allowReserved"].some((key) => key in parameter);
  return {
    name,
    place: where,
    type,
    required: required === true,
    isPlain: isScalar && !isStyled && where !== "cookie",
    check: compile(schema),
  };
}

function isParameterPlace(place: unknown): place is ParameterContract["place"] {
  return ["path", "query", "header", "cookie"].includes(String(place));
}

function readBody(at: OperationPlace): OperationContract["body"] {
  const body = member(at.document, at.place, "requestBody");
  if (!isJsonObject(body.value)) return undefined;
  const check = mediaChecks(at, body).get("application/json");
  const media = member(at.document, body, "content");
  const content = member(at.document, media, "application/json");
  const schema = member(at.document, content, "schema");
  const types = isJsonObject(media.value) ? Object.keys(media.value) : [];
  return { required: body.value["required"] === true, check, schema, types };
}

function readAnswer(at: OperationPlace, answer: Place): AnswerContract {
  const headers = members(at.document, member(at.document, answer, "headers")).map(
    ([name, header]) => {
      const schema = member(at.document, header, "schema");
      return [name.toLowerCase(), { type: typeOf(schema), check: at.compile(schema) }] as const;
    },
  );
  return {
    bodies: mediaChecks(at, answer),
    headers: new Map(headers),
    codes: readCodesOf(at, answer),
    examples: readExamples(at, answer),
  };
}

/** Reads the error codes of a response. Throws at a wrong form, because ignoring it would check nothing. */
function readCodesOf({ document }: OperationPlace, answer: Place): readonly string[] {
  const { pointer, value: codes } = member(document, answer, "x-contract-error-codes");
  if (codes === undefined) return [];
  const isRead = Array.isArray(codes) && codes.every((code) => typeof code === "string");
  if (!isRead) throw new ContractProblem(pointer, "expected an array of strings");
  return codes;
}

function readExamples({ document }: OperationPlace, answer: Place): ReadonlyMap<string, unknown> {
  const media = members(document, member(document, answer, "content"));
  const examples = media.flatMap(([, content]) =>
    members(document, member(document, content, "examples")),
  );
  return new Map(
    examples.map(([name, { value }]) => [name, isJsonObject(value) ? value["value"] : undefined]),
  );
}

function mediaChecks({ document, compile }: OperationPlace, owner: Place): Map<string, Check> {
  const media = members(document, member(document, owner, "content"));
  return new Map(
    media.map(([type, content]) => [type, compile(member(document, content, "schema"))]),
  );
}

function readCodes(document: JsonObject): ReadonlyMap<string, number> {
  const codes = members(
    document,
    member(document, { pointer: "", value: document }, "x-contract-errors"),
  );
  return new Map(
    codes.map(([code, { value }]) => [code, isJsonObject(value) ? Number(value["status"]) : 0]),
  );
}

function typeOf({ value }: Place): string | undefined {
  const type = isJsonObject(value) ? value["type"] : undefined;
  return typeof type === "string" ? type : undefined;
}

/** Turns an array into an object by index, so that `members` can walk it. */
function toObject({ pointer, value }: Place): Place {
  return { pointer, value: Array.isArray(value) ? { ...value } : value };
}
