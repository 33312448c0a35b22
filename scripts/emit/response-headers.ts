import { type StatementStructures, StructureKind } from "ts-morph";
import type { Method, ResponseHeader, Shape } from "../model/api.js";
import { doc, propertyDoc } from "../print/doc.js";
import { key, quote } from "../print/escape.js";
import { localName, type ResourceScope } from "./resource-scope.js";

/** The type of the declared headers of a method's success responses. */
export function headersType(scope: ResourceScope, method: Method): StatementStructures[] {
  const { headersName, answer } = method;
  if (headersName === undefined) return [];
  const properties = answer.headers.map((header) => ({
    name: key(header.name),
    type: `${scope.types.type(header.shape, "answer")} | undefined`,
    isReadonly: true,
    docs: propertyDoc(header),
  }));
  const name = `${scope.resource.property}.${method.name}`;
  const text = `The declared headers of responses of \`${name}\`. Read them with \`withResponse\`.`;
  return [
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: headersName,
      docs: doc([text]),
      properties,
    },
  ];
}

/** The function that reads these headers. */
export function headersReader(scope: ResourceScope, method: Method): StatementStructures[] {
  const { headersName, answer } = method;
  if (headersName === undefined) return [];
  const members = answer.headers.map((header) => `${key(header.name)}: ${reading(scope, header)}`);
  return [
    {
      kind: StructureKind.Function,
      name: headersReaderName(scope, method),
      parameters: [{ name: "headers", type: "Headers" }],
      returnType: headersName,
      statements: `return { ${members.join(", ")} };`,
    },
  ];
}

/** Name of the function that reads the headers of a method. */
export function headersReaderName(scope: ResourceScope, method: Method): string {
  return localName(scope, method, "Headers");
}

function reading(scope: ResourceScope, header: ResponseHeader): string {
  const { codecs } = scope;
  const parse = parser(scope, header);
  const args = [
    "headers",
    quote(header.wireName),
    codecs.reader("decode", header.shape),
    ...(parse === undefined ? [] : [parse]),
  ];
  return `${runtimeValue(scope, "readHeader")}(${args.join(", ")})`;
}

/** An expression that parses the text of a header; `undefined` if the text is the value. */
function parser(
  scope: ResourceScope,
  { shape, serialization }: ResponseHeader,
): string | undefined {
  if (serialization?.style === "content") return "JSON.parse";
  return parserOf(scope, shape, serialization?.explode === true);
}

function parserOf(scope: ResourceScope, shape: Shape, explode = false): string | undefined {
  switch (shape.kind) {
    case "ref":
      return parserOf(scope, scope.types.model(shape.model).shape, explode);
    case "nullable":
      return parserOf(scope, shape.shape, explode);
    case "number":
    case "boolean":
      return runtimeValue(scope, "headerScalar");
    case "enum":
    case "literal":
      return typeof shape.values[0] === "string" ? undefined : runtimeValue(scope, "headerScalar");
    case "dateTime":
      return runtimeValue(scope, "headerDate");
    case "array":
      return `${runtimeValue(scope, "headerList")}(${parserOf(scope, shape.items) ?? ""})`;
    case "object": {
      const members = shape.properties.flatMap(({ wireName, shape: member }) => {
        const parse = parserOf(scope, member);
        return parse === undefined ? [] : [`${key(wireName)}: ${parse}`];
      });
      const args = [`{ ${members.join(", ")} }`, ...(explode ? ["true"] : [])];
      return `${runtimeValue(scope, "headerMembers")}(${args.join(", ")})`;
    }
    default:
      return undefined;
  }
}

function runtimeValue({ imports, runtime }: ResourceScope, name: string): string {
  return imports.value(name, runtime("response-headers"));
}
