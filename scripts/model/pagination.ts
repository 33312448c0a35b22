import type { Node } from "../spec/node.js";
import type { Answer, Pagination, Parameter, Property, Shape } from "./api.js";
import { fieldsOf, type OperationContext } from "./context.js";
import type { OperationNames } from "./names/plan.js";

/** Reads `x-contract-pagination`; `undefined` if the operation does not declare it. */
export function readPagination(
  { reader, modelShape }: OperationContext,
  node: Node,
  parameters: readonly Parameter[],
  answer: Answer,
  names: Pick<OperationNames, "all" | "one">,
): Pagination | undefined {
  const declared = node.get("x-contract-pagination");
  if (declared === undefined) return undefined;
  const refuse = (key: string, supported: string): undefined => {
    reader.problems.add([...declared.at, key], JSON.stringify(declared.get(key)?.value), supported);
  };
  const parameter = (key: string): Parameter | undefined =>
    parameters.find((one) => one.place === "query" && one.wireName === declared.text(key));
  const fields = answer.body === undefined ? [] : fieldsOf(answer.body.shape, modelShape);
  const field = (key: string): Property | undefined =>
    fields.find((one) => one.wireName === declared.text(key));
  const cursor = parameter("cursor");
  const limit = parameter("limit");
  const items = field("items");
  const more = field("more");
  const isText = (shape: Shape): boolean =>
    (shape.kind === "ref" ? modelShape(shape.model) : shape).kind === "string";
  if (cursor === undefined || cursor.required || !isText(cursor.shape)) {
    return refuse("cursor", "the name of an optional string query parameter");
  }
  if (declared.get("limit") !== undefined && limit === undefined)
    return refuse("limit", "the name of a query parameter");
  if (items?.shape.kind !== "array" || !items.required)
    return refuse("items", "the name of a required array property of the response");
  if (more?.shape.kind !== "boolean" || !more.required)
    return refuse("more", "the name of a required boolean property of the response");
  const item = items.shape.items;
  const next = fieldsOf(item, modelShape).find((one) => one.wireName === declared.text("next"));
  if (next === undefined || !next.required || !isText(next.shape)) {
    return refuse("next", "the name of a required string property of an item");
  }
  const filter = parameter("filter");
  if (declared.get("filter") !== undefined && (filter === undefined || !isText(filter.shape)))
    return refuse("filter", "the name of a string query parameter");
  return {
    method: names.all,
    cursor: cursor.name,
    ...(limit !== undefined && { limit: limit.name }),
    items: items.name,
    next: next.name,
    more: more.name,
    ordered: declared.text("order") === "bytes",
    item,
    ...(filter !== undefined && {
      lookup: { method: names.one, filter: filter.name, key: next.shape },
    }),
  };
}
