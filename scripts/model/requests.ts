import type { Node } from "../spec/node.js";
import { membersIn } from "./access.js";
import type {
  Body,
  FieldEncoding,
  HttpMethod,
  Input,
  MediaBody,
  Parameter,
  Server,
} from "./api.js";
import { fieldsOf, type OperationContext } from "./context.js";
import { isSendable, withFiles } from "./forms.js";
import { type Media, mediaOf } from "./media.js";
import { inputNames } from "./names/inputs.js";
import { propertyName } from "./names/properties.js";
import { readParameter } from "./parameters.js";
import { readSerialization } from "./serialization.js";
import { isToken } from "./token.js";

/** Reads a request body. */
export function readBody(
  { reader, modelShape }: OperationContext,
  node: Node,
  http: HttpMethod,
): Body | undefined {
  const requestBody = node.get("requestBody")?.resolve();
  if (requestBody === undefined) return undefined;
  if (http === "get" || http === "head") {
    const found = `a body of ${http.toUpperCase()}, which fetch cannot send`;
    const supported = "another method, or parameters";
    // The request is valid without an optional body.
    if (requestBody.flag("required")) reader.problems.add(requestBody.at, found, supported);
    else reader.problems.warn(requestBody.at, `${found}; it is ignored`, supported);
    return undefined;
  }
  const media = mediaOf(requestBody.get("content"));
  const bodies = media.map((one) => readMedia({ reader, modelShape }, one));
  const [first, ...more] = bodies.filter((body) => isSendable(body, modelShape));
  bodies.forEach((body, index) => {
    if (isSendable(body, modelShape)) return;
    const at = media[index]?.node.at ?? requestBody.at;
    const found = `a body of ${body.mediaType} that is not an object: its fields have no names`;
    if (first === undefined) reader.problems.add(at, found, "an object");
    else reader.problems.warn(at, `${found}; it is ignored`, "an object");
  });
  if (first === undefined) {
    if (bodies.length > 0) return undefined;
    reader.problems.warn(
      requestBody.at,
      "a request body without a media type, which is ignored",
      "content",
    );
    return undefined;
  }
  const required = requestBody.flag("required");
  const isObject = hasOnlyFields(first, modelShape);
  return {
    ...first,
    required,
    description: requestBody.text("description") ?? "",
    placement: required && isObject ? "input" : "property",
    others: more,
  };
}

/** Whether a body is an object without additional properties, so that its properties can be those of the input. */
function hasOnlyFields(
  { kind, shape }: MediaBody,
  modelShape: OperationContext["modelShape"],
): boolean {
  const resolved = shape.kind === "ref" ? modelShape(shape.model) : shape;
  const isForm = kind === "json" || kind === "form" || kind === "multipart";
  return isForm && resolved.kind === "object" && resolved.additional === undefined;
}

function readMedia(
  { reader, modelShape }: Pick<OperationContext, "reader" | "modelShape">,
  { type, kind, node, schema }: Media,
): MediaBody {
  if (kind === "binary") {
    if (type.startsWith("multipart/")) {
      const supported = "a Blob whose type has the boundary; multipart/form-data is written here";
      reader.problems.note(node.at, `a body of ${type}, which the caller writes`, supported);
    }
    return { mediaType: type, kind, shape: { kind: "binary" } };
  }
  if (kind === "text" || kind === "events") {
    return { mediaType: type, kind: "text", shape: { kind: "string", limits: {} } };
  }
  const shape = schema === undefined ? reader.anything() : reader.shape(schema);
  if (kind === "json" || kind === "lines") return { mediaType: type, kind, shape };
  const encoding = readEncoding(node, kind, reader.problems);
  return {
    mediaType: type,
    kind,
    shape: kind === "multipart" ? withFiles(shape, modelShape) : shape,
    ...(encoding !== undefined && { encoding }),
  };
}

/** Reads the Encoding Objects of a form's fields. */
function readEncoding(
  node: Node,
  kind: "form" | "multipart",
  problems: OperationContext["reader"]["problems"],
): Readonly<Record<string, FieldEncoding>> | undefined {
  const fields = node.entries("encoding").map(([name, field]): [string, FieldEncoding] => {
    const contentType = field.text("contentType");
    const isStyled = ["style", "explode", "allowReserved"].some((key) => field.get(key));
    const styled = isStyled
      ? (readSerialization(field, "query", problems) ?? {
          style: "form" as const,
          explode: true,
          allowReserved: false,
        })
      : undefined;
    const headers = kind === "multipart" ? fixedHeaders(field) : {};
    return [
      name,
      {
        ...(kind === "multipart" && contentType !== undefined && { contentType }),
        ...(Object.keys(headers).length > 0 && { headers }),
        ...(styled !== undefined && kind === "form" && { serialization: styled }),
      },
    ];
  });
  const used = fields.filter(([, field]) => Object.keys(field).length > 0);
  return used.length === 0 ? undefined : Object.fromEntries(used);
}

/** Declared headers of a form field's part, without those that the client sets itself. */
function partHeaders(field: Node): [string, Node][] {
  return field.entries("headers").flatMap(([name, header]): [string, Node][] => {
    const isOwn = /^content-(type|disposition)$/i.test(name);
    return isToken(name) && !isOwn ? [[name, header.resolve() ?? header]] : [];
  });
}

/** The value of a header with exactly one allowed value; `undefined` for others. */
function fixedValue(header: Node): string | undefined {
  const schema = header.get("schema")?.resolve();
  const [only, ...others] = schema?.items("enum") ?? [];
  const value = schema?.get("const")?.value ?? (others.length === 0 ? only?.value : undefined);
  return typeof value === "object" || value === undefined ? undefined : String(value);
}

function fixedHeaders(field: Node): Readonly<Record<string, string>> {
  const fixed = partHeaders(field).flatMap(([name, header]): [string, string][] => {
    const value = fixedValue(header);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(fixed);
}

/** Reads the headers of a form's parts that callers set: those that do not have a fixed value. */
export function readPartHeaders(
  context: OperationContext,
  node: Node,
  body: Body | undefined,
): Parameter[] {
  if (body === undefined) return [];
  const types = [body, ...body.others].map(({ mediaType }) => mediaType);
  const media = mediaOf(node.get("requestBody")?.resolve()?.get("content")).filter(({ type }) =>
    types.includes(type),
  );
  const isOnly = media.length === 1 && body.required;
  const fields = media.flatMap((one) =>
    one.kind === "multipart" ? one.node.entries("encoding") : [],
  );
  return fields.flatMap(([part, field]) =>
    partHeaders(field).flatMap(([name, header]): Parameter[] => {
      if (fixedValue(header) !== undefined) return [];
      const read = readParameter(context, header, "part", name);
      const own = propertyName(`${part} ${name}`, header, context.reader.problems);
      return [{ ...read, part, name: own, required: isOnly && header.flag("required") }];
    }),
  );
}

/** Combines server variables, parameters and body to the input of a method. */
export function readInput(
  { reader, modelShape }: OperationContext,
  pathItem: Node,
  node: Node,
  typeName: string,
  read: readonly Parameter[],
  body: Body | undefined,
  given: Server | undefined,
): { readonly input: Input; readonly server: Server | undefined } {
  const { problems } = reader;
  const asked = given?.variables.filter((variable) => variable.default === "") ?? [];
  const owner = node.get("servers") === undefined ? pathItem : node;
  const declared = [node, pathItem].flatMap((one) => one.items("parameters"));
  const placeOf = ({ place, wireName }: Parameter): readonly string[] =>
    declared.find((item) => {
      const target = item.resolve() ?? item;
      return target.text("in") === place && target.text("name") === wireName;
    })?.at ?? node.at;
  const requestBody = node.get("requestBody");
  const schema = requestBody
    ?.resolve()
    ?.get("content")
    ?.get(body?.mediaType ?? "")
    ?.get("schema")
    ?.resolve();
  const members = body?.placement === "input" ? fieldsOf(body.shape, modelShape) : [];
  const fields = membersIn("input", members);
  // In a media type that is not the default, the body is always a property of its own.
  const isApart =
    body !== undefined &&
    (body.placement === "property" || body.others.length > 0) &&
    !fields.some(({ name }) => name === "body");
  const fixed = [
    ...fields.map(({ name, wireName }) => ({
      name,
      at: schema?.get("properties")?.get(wireName)?.at ?? node.at,
    })),
    ...(isApart ? [{ name: "body", at: requestBody?.at ?? node.at }] : []),
  ];
  const parts = [
    ...asked.map(({ property, name }) => ({
      name: property,
      wireName: name,
      place: "server",
      at: [...owner.at, "servers", "0", "variables", name],
    })),
    ...read.map((one) => ({ ...one, at: placeOf(one) })),
  ];
  const names = inputNames(parts, fixed, problems);
  const wanted = asked.map((one, index) => ({ ...one, property: names[index] ?? one.property }));
  const parameters = read.map((one, index) => ({
    ...one,
    name: names[asked.length + index] ?? one.name,
  }));
  const server = given && {
    ...given,
    variables: given.variables.map((one) => wanted[asked.indexOf(one)] ?? one),
  };
  const alone = parameters.length === 0 && wanted.length === 0;
  const isNothing = alone && body === undefined;
  const isBody = alone && body?.placement === "input" && body.shape.kind === "ref";
  const input: Input = {
    ...(!isNothing && !isBody && { typeName }),
    optional:
      wanted.length === 0 &&
      !parameters.some(({ required }) => required) &&
      !(body?.required ?? false),
    parameters,
    ...(body !== undefined && { body }),
  };
  return { input, server };
}
