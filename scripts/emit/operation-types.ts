import { type StatementStructures, StructureKind } from "ts-morph";
import { membersIn } from "../model/access.js";
import type { Method } from "../model/api.js";
import { doc } from "../print/doc.js";
import { quote } from "../print/escape.js";
import { failureDoc } from "../print/method-doc.js";
import { propertySignature } from "../print/signature.js";
import { bodyInputType, inputProperties } from "./method-parameters.js";
import type { ResourceScope } from "./resource-scope.js";
import { headersType } from "./response-headers.js";

/** The types of a method: its input, its errors, and the headers of its responses. */
export function operationTypes(scope: ResourceScope, method: Method): StatementStructures[] {
  return [...inputType(scope, method), failureType(scope, method), ...headersType(scope, method)];
}

function inputType(scope: ResourceScope, method: Method): StatementStructures[] {
  const { input } = method;
  if (input.typeName === undefined) return [];
  const { types } = scope;
  const body = input.body;
  const fields =
    body?.placement === "input" && body.shape.kind === "object"
      ? membersIn("input", body.shape.properties)
      : [];
  const properties = [...inputProperties(method), ...fields].map((property) =>
    propertySignature(property, "input", types),
  );
  const bases =
    body?.placement === "input" && body.shape.kind === "ref"
      ? [types.type(body.shape, "input")]
      : [];
  const own =
    body?.placement === "property"
      ? [
          {
            name: "body",
            type: `${bodyInputType(scope, body)}${body.required ? "" : " | undefined"}`,
            isReadonly: true,
            hasQuestionToken: !body.required,
            docs: doc([body.description || "The request body."]),
          },
        ]
      : [];
  return [
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: input.typeName,
      extends: bases,
      docs: [`The input of \`${scope.resource.property}.${method.name}\`.`],
      properties: [...properties, ...own],
    },
  ];
}

/** The type of all errors of a method. */
function failureType(scope: ResourceScope, method: Method): StatementStructures {
  const { api, imports, resource, runtime, types } = scope;
  const known = method.failures.map(({ status, codes, body }) => {
    const declared = api.errors.statuses.find((one) => one.status === status);
    const plain =
      declared === undefined
        ? imports.type("ApiError", runtime("errors"))
        : imports.type(declared.className, `${scope.up}errors.js`);
    const others = declared?.bodies ?? [];
    const isOwn =
      declared === undefined || others.length > 1 || (others.length === 1) !== (body !== undefined);
    const type =
      !isOwn || body === undefined
        ? plain
        : declared === undefined
          ? `${plain}<${types.type(body, "answer")}>`
          : `(${plain} & { readonly body: ${types.type(body, "answer")} | string | undefined })`;
    const code = codes.map((one) => quote(one)).join(" | ");
    return codes.length === 0 ? type : `(${type} & { readonly code: ${code} })`;
  });
  return {
    kind: StructureKind.TypeAlias,
    isExported: true,
    name: method.failureName,
    type: [...new Set(known), imports.type("CallFailure", runtime("settle"))].join(" | "),
    docs: failureDoc(api, resource, method),
  };
}
