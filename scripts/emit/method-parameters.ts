import type { OptionalKind, ParameterDeclarationStructure } from "ts-morph";
import type { MediaBody, Method, Property } from "../model/api.js";
import { inputTypeName, type ResourceScope, wantedVariables } from "./resource-scope.js";

/** The parameters of a method: its input, if it has one, and the options of the call. */
export function methodParameters(
  scope: ResourceScope,
  method: Method,
): OptionalKind<ParameterDeclarationStructure>[] {
  const type = inputTypeName(scope, method);
  const input =
    type === undefined
      ? []
      : [{ name: "input", type, ...(method.input.optional && { initializer: "{}" }) }];
  return [...input, optionsParameter(scope)];
}

/** The parameter `options`, which every method has. */
export function optionsParameter({
  imports,
  runtime,
}: ResourceScope): OptionalKind<ParameterDeclarationStructure> {
  const type = imports.type("CallOptions", runtime("operation"));
  return { name: "options", type, initializer: "{}" };
}

/** The properties of the input that are not part of the body. */
export function inputProperties(method: Method): readonly Property[] {
  const variables = wantedVariables(method).map(
    ({ name, property, description, values }): Property => ({
      wireName: name,
      name: property,
      required: true,
      shape: values.length > 0 ? { kind: "enum", values } : { kind: "string", limits: {} },
      description: description || `Variable \`${name}\` of the server's URL.`,
      deprecated: false,
      secret: false,
    }),
  );
  return [...variables, ...method.input.parameters];
}

/** The type of a body that is a property of the input. */
export function bodyInputType({ types, imports, runtime }: ResourceScope, body: MediaBody): string {
  if (body.kind === "binary") return imports.type("BinaryBody", runtime("binary"));
  const type = types.type(body.shape, "input");
  return body.kind === "lines" ? `Iterable<${type}>` : type;
}

/** The return type of a method. */
export function callType(
  { imports, runtime }: ResourceScope,
  method: Method,
  value: string,
): string {
  const types = [
    value,
    method.failureName,
    ...(method.headersName === undefined ? [] : [method.headersName]),
  ];
  return `${imports.type("Call", runtime("settle"))}<${types.join(", ")}>`;
}
