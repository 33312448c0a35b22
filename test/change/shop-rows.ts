import { at, drop, json, schema, set } from "./edit.js";
import type { Row } from "./rows.js";
import type { Editable } from "./small.js";

const list = ["paths", "/orders", "get"] as const;
const create = ["paths", "/orders", "post"] as const;
const one = ["paths", "/orders/{order_id}"] as const;
const search = ["paths", "/search", "post"] as const;
const parameter = (document: Editable, index: number): Editable =>
  at(document, ...list, "parameters", index);
const property = (document: Editable, model: string, name: string): Editable =>
  schema(document, model, "properties", name);
const order = (document: Editable): Editable => schema(document, "Order", "allOf", 1);
const field = (document: Editable, name: string): Editable =>
  at(order(document), "properties", name);
const input = (document: Editable, name: string): Editable =>
  property(document, "OrderInput", name);
/** Who breaks in each operation that answers with an order. */
const readers = (who: string): string[] =>
  ["list_orders", "create_order", "get_order"].map((id) => `${id}: ${who}`);
const sender = (who: string): string => `create_order: ${who}`;
const without = (target: Editable, value: string): void => {
  target.splice(
    target.findIndex((item) => String(item) === value),
    1,
  );
};

/** Changes to the larger contract. */
export const shopRows: readonly Row[] = [
  // Parameters of each place.
  {
    name: "value of a listed query parameter removed",
    edit: (d) => without(at(parameter(d, 4), "schema", "items", "enum"), "sent"),
    bump: "major",
    breaks: ["list_orders: sender types"],
    witness: true,
  },
  {
    name: "list of a query parameter limited",
    edit: (d) => set(at(parameter(d, 4), "schema"), "maxItems", 2),
    bump: "major",
    breaks: ["list_orders: sender"],
    witness: true,
  },
  {
    name: "timestamp of a query parameter is a date",
    edit: (d) => set(at(parameter(d, 3), "schema"), "format", "date"),
    bump: "major",
    breaks: ["list_orders: sender types"],
    witness: true,
  },
  {
    name: "member of a deep object required",
    edit: (d) => set(at(parameter(d, 5), "schema"), "required", ["from"]),
    bump: "major",
    breaks: ["list_orders: sender types"],
    witness: true,
  },
  {
    name: "style of a deep object changed",
    edit: (d) => set(parameter(d, 5), "style", "form"),
    bump: "major",
    breaks: ["list_orders: sender"],
  },
  {
    name: "header parameter with a pattern",
    edit: (d) => set(at(parameter(d, 0), "schema"), "pattern", "^[a-z]+$"),
    bump: "major",
    breaks: ["list_orders: sender"],
    witness: true,
  },
  {
    name: "header parameter made optional",
    edit: (d) => drop(parameter(d, 0), "required"),
    bump: "minor",
    rules: ["parameter-made-optional"],
  },
  {
    name: "header parameter renamed",
    edit: (d) => set(parameter(d, 0), "name", "X-Org"),
    bump: "major",
    breaks: ["list_orders: sender types", "list_orders: sender types"],
  },
  {
    name: "header parameter in other letters",
    edit: (d) => set(parameter(d, 0), "name", "x-tenant"),
    bump: "none",
  },
  {
    name: "cookie required",
    edit: (d) => set(parameter(d, 1), "required", true),
    bump: "major",
    breaks: ["list_orders: sender types"],
  },
  {
    name: "cookie added",
    edit: (d) =>
      at(d, ...list, "parameters").push(
        json({ name: "theme", in: "cookie", schema: { type: "string" } }),
      ),
    bump: "minor",
    rules: ["optional-parameter-added"],
  },
  {
    name: "number of a query parameter is a string",
    edit: (d) => set(parameter(d, 2), "schema", { type: "string", default: "20" }),
    bump: "major",
    // It travels as the same characters.
    breaks: ["list_orders: types"],
  },
  {
    name: "whole number of a query parameter may have a fraction",
    edit: (d) => set(at(parameter(d, 2), "schema"), "type", "number"),
    bump: "minor",
    rules: ["request-fraction-allowed"],
  },
  {
    name: "default of a query parameter removed",
    edit: (d) => drop(at(parameter(d, 2), "schema"), "default"),
    bump: "major",
    breaks: ["list_orders: behaviour"],
  },
  {
    name: "least number by the other keyword",
    edit: (d) => {
      drop(at(parameter(d, 2), "schema"), "minimum");
      set(at(parameter(d, 2), "schema"), "exclusiveMinimum", 0);
    },
    bump: "none",
  },
  {
    name: "path parameter is a number",
    edit: (d) => set(at(d, ...one, "parameters", 0), "schema", { type: "integer" }),
    bump: "major",
    breaks: ["get_order: sender types", "delete_order: sender types"],
    witness: true,
  },
  {
    name: "path parameter in a format",
    edit: (d) => set(at(d, ...one, "parameters", 0, "schema"), "format", "uuid"),
    bump: "major",
    breaks: ["get_order: sender", "delete_order: sender"],
    witness: true,
  },
  {
    name: "path parameter in another style",
    edit: (d) => set(at(d, ...one, "parameters", 0), "style", "label"),
    bump: "major",
    breaks: ["get_order: sender", "delete_order: sender"],
  },
  {
    name: "required header for each operation of a path",
    edit: (d) =>
      at(d, ...one, "parameters").push(
        json({ name: "X-Tenant", in: "header", required: true, schema: { type: "string" } }),
      ),
    bump: "major",
    breaks: ["get_order: sender types", "delete_order: sender types"],
  },
  {
    name: "parameter deprecated",
    edit: (d) => set(parameter(d, 3), "deprecated", true),
    bump: "minor",
    rules: ["request-deprecated"],
  },
  {
    name: "parameter as JSON",
    edit: (d) => {
      set(parameter(d, 5), "content", {
        "application/json": { schema: at(parameter(d, 5), "schema") },
      });
      for (const key of ["schema", "style", "explode"]) drop(parameter(d, 5), key);
    },
    bump: "major",
    breaks: ["list_orders: sender"],
  },
  // Request bodies.
  {
    name: "optional body required",
    edit: (d) => set(at(d, ...search, "requestBody"), "required", true),
    bump: "major",
    breaks: ["search_catalog: sender types"],
  },
  {
    name: "form no longer taken",
    edit: (d) =>
      drop(at(d, ...create, "requestBody", "content"), "application/x-www-form-urlencoded"),
    bump: "major",
    breaks: [sender("sender")],
  },
  {
    name: "more items asked for",
    edit: (d) => set(input(d, "items"), "minItems", 2),
    bump: "major",
    breaks: [sender("sender")],
    witness: true,
  },
  {
    name: "no items asked for",
    edit: (d) => drop(input(d, "items"), "minItems"),
    bump: "minor",
    rules: ["request-limit-loosened"],
  },
  {
    name: "null refused beside a limit",
    edit: (d) => set(input(d, "comment"), "type", "string"),
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "null refused beside a reference",
    edit: (d) =>
      set(schema(d, "OrderInput", "properties"), "tip", { $ref: "#/components/schemas/Money" }),
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "property that is only written removed",
    edit: (d) => drop(schema(d, "OrderInput", "properties"), "token"),
    bump: "major",
    breaks: [sender("types")],
  },
  {
    name: "property that is only written made required",
    edit: (d) => schema(d, "OrderInput", "required").push(json("token")),
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "request property renamed",
    edit: (d) => {
      set(schema(d, "OrderInput", "properties"), "remark", input(d, "comment"));
      drop(schema(d, "OrderInput", "properties"), "comment");
    },
    bump: "major",
    breaks: [sender("types")],
  },
  {
    name: "branch of an anyOf removed",
    edit: (d) => at(input(d, "contact"), "anyOf").pop(),
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "branch of an anyOf added",
    edit: (d) =>
      at(input(d, "contact"), "anyOf").push(
        json({ type: "object", required: ["fax"], properties: { fax: { type: "string" } } }),
      ),
    bump: "minor",
    rules: ["request-union-branch-added"],
  },
  {
    name: "position of a tuple is a string",
    edit: (d) => set(at(input(d, "corner"), "prefixItems"), 0, { type: "string" }),
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "one property needs another",
    edit: (d) => set(schema(d, "OrderInput"), "dependentRequired", { tip: ["payment"] }),
    bump: "major",
    breaks: [sender("sender")],
    witness: true,
  },
  {
    name: "names of a map limited",
    edit: (d) => set(property(d, "Item", "options"), "propertyNames", { pattern: "^[a-z]+$" }),
    bump: "major",
    breaks: [sender("sender")],
    witness: true,
  },
  {
    name: "size of a map limited",
    edit: (d) => set(property(d, "Item", "options"), "maxProperties", 3),
    bump: "major",
    breaks: [sender("sender")],
    witness: true,
  },
  {
    name: "pattern of names added",
    edit: (d) => set(schema(d, "Filter"), "patternProperties", { "^x_": { type: "string" } }),
    bump: "major",
    breaks: ["search_catalog: sender"],
    witness: true,
  },
  {
    name: "list must contain a value",
    edit: (d) => set(property(d, "Filter", "all"), "contains", { required: ["field"] }),
    bump: "major",
    breaks: ["search_catalog: sender"],
    witness: true,
  },
  {
    name: "schema refused",
    edit: (d) => set(input(d, "comment"), "not", { pattern: "^a" }),
    bump: "major",
    breaks: [sender("sender")],
    witness: true,
  },
  {
    name: "multiple of a number",
    edit: (d) => set(property(d, "Money", "amount"), "multipleOf", 5),
    bump: "major",
    breaks: [sender("sender")],
    witness: true,
  },
  {
    name: "required by one more allOf",
    edit: (d) => set(schema(d, "OrderInput"), "allOf", [{ required: ["payment"] }]),
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "anything is a string",
    edit: (d) => set(property(d, "Filter", "value"), "type", "string"),
    bump: "major",
    breaks: ["search_catalog: sender types"],
    witness: true,
  },
  {
    name: "value removed inside of a recursive request",
    edit: (d) => without(schema(d, "Filter", "properties", "op", "enum"), "gt"),
    bump: "major",
    breaks: ["search_catalog: sender types"],
    witness: true,
  },
  {
    name: "list limited inside of a recursive request",
    edit: (d) => set(property(d, "Filter", "all"), "maxItems", 2),
    bump: "major",
    breaks: ["search_catalog: sender"],
    witness: true,
  },
  {
    name: "string is a constant",
    edit: (d) => set(property(d, "Filter", "field"), "const", "name"),
    bump: "major",
    breaks: ["search_catalog: sender types"],
    witness: true,
  },
  // What requests and responses share.
  {
    name: "shared value added",
    edit: (d) => schema(d, "Currency", "enum").push(json("GBP")),
    bump: "minor",
    breaks: readers("strict-reader switch"),
    witness: true,
  },
  {
    name: "shared value removed",
    edit: (d) => without(schema(d, "Currency", "enum"), "USD"),
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "shared type changed",
    edit: (d) => set(schema(d, "Money", "properties"), "amount", { type: "string" }),
    bump: "major",
    breaks: [...readers("reader types"), sender("sender types")],
    witness: true,
  },
  {
    name: "shared number of 32 bits",
    edit: (d) => set(property(d, "Item", "quantity"), "format", "int32"),
    // The limits are tighter than either format.
    bump: "minor",
  },
  {
    name: "shared limit tightened",
    edit: (d) => set(property(d, "Item", "quantity"), "maximum", 10),
    bump: "major",
    breaks: [sender("sender")],
    witness: true,
  },
  {
    name: "shared limit loosened",
    edit: (d) => set(property(d, "Item", "quantity"), "maximum", 999),
    bump: "minor",
    breaks: readers("strict-reader"),
    witness: true,
  },
  {
    name: "shared limit dropped",
    edit: (d) => drop(property(d, "Item", "quantity"), "minimum"),
    bump: "minor",
    breaks: readers("strict-reader"),
    witness: true,
  },
  {
    name: "shared pattern dropped",
    edit: (d) => drop(property(d, "Address", "country"), "pattern"),
    bump: "minor",
    breaks: readers("strict-reader"),
    witness: true,
  },
  {
    name: "shared pattern spelled in another way",
    edit: (d) => set(property(d, "Address", "country"), "pattern", "^[A-Z][A-Z]$"),
    bump: "minor",
  },
  {
    name: "shared default changed",
    edit: (d) => set(property(d, "Item", "gift"), "default", true),
    bump: "major",
    breaks: [...readers("behaviour"), sender("behaviour")],
  },
  {
    name: "shared default added",
    edit: (d) => set(property(d, "Address", "city"), "default", "Paris"),
    bump: "minor",
    rules: ["request-default-added", "response-default-added"],
  },
  {
    name: "closed object opened",
    edit: (d) => drop(schema(d, "Address"), "additionalProperties"),
    bump: "minor",
    breaks: readers("strict-reader"),
    witness: true,
  },
  {
    name: "property of a closed object removed",
    edit: (d) => drop(schema(d, "Address", "properties"), "city"),
    bump: "major",
    breaks: [...readers("types"), sender("sender types")],
  },
  {
    name: "property of a closed object added",
    edit: (d) => set(schema(d, "Address", "properties"), "zip", { type: "string" }),
    bump: "minor",
    breaks: readers("strict-reader"),
    witness: true,
  },
  {
    name: "required property of a shared object added",
    edit: (d) => {
      set(schema(d, "Money", "properties"), "rate", { type: "number" });
      schema(d, "Money", "required").push(json("rate"));
    },
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "shared property made optional",
    edit: (d) => without(schema(d, "Money", "required"), "currency"),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "values of a shared map are numbers",
    edit: (d) => set(property(d, "Item", "options"), "additionalProperties", { type: "number" }),
    bump: "major",
    breaks: [...readers("reader types"), sender("sender types")],
    witness: true,
  },
  // Marks of direction.
  {
    name: "property no longer only read",
    edit: (d) => drop(property(d, "Item", "position"), "readOnly"),
    bump: "minor",
    rules: ["request-optional-property-added"],
  },
  {
    name: "required property no longer only read",
    edit: (d) => {
      schema(d, "Item", "required").push(json("position"));
      drop(property(d, "Item", "position"), "readOnly");
    },
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "property only read from now on",
    edit: (d) => set(property(d, "Item", "gift"), "readOnly", true),
    bump: "major",
    breaks: [sender("types")],
  },
  {
    name: "required property only written from now on",
    edit: (d) => set(property(d, "Item", "sku"), "writeOnly", true),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "property no longer only written",
    edit: (d) => drop(property(d, "OrderInput", "token"), "writeOnly"),
    // The schema is only sent: nobody sees it.
    bump: "none",
  },
  // Unions.
  {
    name: "branch of a tagged union added",
    edit: (d) => schema(d, "Payment", "oneOf").push(json({ $ref: "#/components/schemas/Voucher" })),
    bump: "minor",
    breaks: readers("strict-reader switch"),
    witness: true,
  },
  {
    name: "branch of a tagged union removed",
    edit: (d) => schema(d, "Payment", "oneOf").pop(),
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "property of a branch made required",
    edit: (d) => {
      set(schema(d, "Bank", "properties"), "bic", { type: "string" });
      schema(d, "Bank", "required").push(json("bic"));
    },
    bump: "major",
    breaks: [sender("sender types")],
    witness: true,
  },
  {
    name: "property of a branch limited",
    edit: (d) => set(schema(d, "Card", "properties", "last4"), "maxLength", 4),
    bump: "major",
    breaks: [sender("sender")],
    witness: true,
  },
  {
    name: "tag of a branch changed",
    edit: (d) => set(schema(d, "Card", "properties", "method"), "const", "credit"),
    bump: "major",
    breaks: [...readers("strict-reader switch"), sender("sender types")],
    witness: true,
  },
  {
    name: "tag that a discriminator maps changed",
    edit: (d) => {
      const mapping = schema(d, "Delivery", "discriminator", "mapping");
      set(mapping, "van", at(mapping, "courier"));
      drop(mapping, "courier");
    },
    bump: "major",
    breaks: [...readers("strict-reader switch"), sender("sender types")],
  },
  {
    name: "tag that a discriminator maps added",
    edit: (d) =>
      set(schema(d, "Delivery", "discriminator", "mapping"), "van", "#/components/schemas/Courier"),
    bump: "minor",
    breaks: readers("strict-reader switch"),
  },
  {
    name: "inclusive union of tagged branches",
    edit: (d) => {
      set(schema(d, "Payment"), "anyOf", schema(d, "Payment", "oneOf"));
      drop(schema(d, "Payment"), "oneOf");
    },
    // No value fits two branches.
    bump: "minor",
  },
  {
    name: "branch without a tag added",
    edit: (d) =>
      schema(d, "Event", "oneOf").push(
        json({
          title: "Lost",
          type: "object",
          required: ["lost_at"],
          properties: { lost_at: { type: "string" } },
        }),
      ),
    bump: "minor",
    breaks: readers("strict-reader switch"),
    witness: true,
  },
  {
    name: "property inside of a branch without a tag changed",
    edit: (d) =>
      set(schema(d, "Event", "oneOf", 0, "properties"), "placed_at", { type: "integer" }),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "nested union",
    edit: (d) => set(schema(d, "Event", "oneOf"), 1, { oneOf: [schema(d, "Event", "oneOf", 1)] }),
    bump: "none",
  },
  // Responses.
  {
    name: "status of an order added",
    edit: (d) => at(field(d, "status"), "enum").push(json("lost")),
    bump: "minor",
    breaks: readers("strict-reader switch"),
    witness: true,
  },
  {
    name: "any status of an order",
    edit: (d) => drop(field(d, "status"), "enum"),
    bump: "minor",
    breaks: readers("strict-reader switch"),
    witness: true,
  },
  {
    name: "note of an order always there",
    edit: (d) => set(field(d, "note"), "type", "string"),
    bump: "minor",
    rules: ["response-null-refused"],
  },
  {
    name: "required property inherited by allOf dropped",
    edit: (d) => without(schema(d, "Entity", "required"), "created_at"),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "timestamp is a number",
    edit: (d) => set(schema(d, "Entity", "properties"), "created_at", { type: "integer" }),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "format that validates dropped",
    edit: (d) => drop(field(d, "tracking"), "format"),
    bump: "minor",
    breaks: readers("strict-reader"),
    witness: true,
  },
  {
    name: "string is a timestamp",
    edit: (d) =>
      set(schema(d, "Event", "oneOf", 0, "properties", "placed_at"), "format", "date-time"),
    bump: "major",
    breaks: readers("types"),
  },
  {
    name: "upper limit dropped",
    edit: (d) => drop(field(d, "discount"), "maximum"),
    bump: "minor",
    breaks: readers("strict-reader"),
    witness: true,
  },
  {
    name: "repetition allowed",
    edit: (d) => drop(field(d, "labels"), "uniqueItems"),
    bump: "minor",
    breaks: readers("strict-reader"),
    witness: true,
  },
  {
    name: "other properties of a known type",
    edit: (d) => set(field(d, "meta"), "additionalProperties", { type: "string" }),
    bump: "minor",
    rules: ["response-other-properties-limited"],
  },
  {
    name: "other properties of another type",
    edit: (d) => set(field(d, "counts"), "additionalProperties", { type: "string" }),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "other properties of any type",
    edit: (d) => set(field(d, "counts"), "additionalProperties", true),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "items may be null",
    edit: (d) => set(at(field(d, "labels"), "items"), "type", ["string", "null"]),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "second type in a response",
    edit: (d) => set(schema(d, "Category", "properties", "name"), "type", ["string", "integer"]),
    bump: "major",
    breaks: ["search_catalog: reader types"],
    witness: true,
  },
  {
    name: "null inside of a recursive response",
    edit: (d) => set(schema(d, "Category", "properties", "name"), "type", ["string", "null"]),
    bump: "major",
    breaks: ["search_catalog: reader types"],
    witness: true,
  },
  {
    name: "property of a recursive response removed",
    edit: (d) => drop(schema(d, "Category", "properties"), "children"),
    bump: "major",
    breaks: ["search_catalog: types"],
  },
  {
    name: "response property renamed",
    edit: (d) => {
      set(at(order(d), "properties"), "sum", field(d, "total"));
      drop(at(order(d), "properties"), "total");
      set(order(d), "required", ["status", "items", "sum"]);
    },
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "array in place of an object",
    edit: (d) =>
      set(at(d, ...list, "responses", "200", "content", "application/json"), "schema", {
        type: "array",
        items: { $ref: "#/components/schemas/Order" },
      }),
    bump: "major",
    breaks: ["list_orders: reader types"],
    witness: true,
  },
  {
    name: "second success status",
    edit: (d) => set(at(d, ...create, "responses"), "202", { description: "Later." }),
    bump: "minor",
    breaks: [sender("strict-reader")],
  },
  {
    name: "body where there was none",
    edit: (d) => {
      const responses = at(d, ...one, "delete", "responses");
      set(responses, "200", {
        description: "Gone.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
      });
      drop(responses, "204");
    },
    bump: "major",
    breaks: ["delete_order: reader"],
  },
  {
    name: "error status said beside the default",
    edit: (d) =>
      set(at(d, ...one, "get", "responses"), "404", { $ref: "#/components/responses/Problem" }),
    bump: "minor",
    breaks: ["get_order: strict-reader switch"],
  },
  {
    name: "second media type of a response removed",
    edit: (d) => drop(at(d, ...search, "responses", "200", "content"), "text/csv"),
    bump: "major",
    breaks: ["search_catalog: reader"],
  },
  {
    name: "second media type of a response added",
    edit: (d) =>
      set(at(d, ...list, "responses", "200", "content"), "text/csv", {
        schema: { type: "string" },
      }),
    bump: "minor",
    rules: ["response-media-type-added"],
  },
  {
    name: "optional header removed",
    edit: (d) => drop(at(d, ...list, "responses", "200", "headers"), "X-Total"),
    bump: "major",
    breaks: ["list_orders: types"],
  },
  {
    name: "header made optional",
    edit: (d) => drop(at(d, ...list, "responses", "200", "headers", "ETag"), "required"),
    bump: "major",
    breaks: ["list_orders: strict-reader types"],
  },
  {
    name: "header in other letters",
    edit: (d) => {
      const headers = at(d, ...list, "responses", "200", "headers");
      set(headers, "etag", at(headers, "ETag"));
      drop(headers, "ETag");
    },
    bump: "none",
  },
  {
    name: "limit of a header",
    edit: (d) =>
      set(at(d, ...list, "responses", "200", "headers", "X-Total", "schema"), "maximum", 9),
    bump: "minor",
    rules: ["response-limit-tightened"],
  },
  {
    name: "detail of a problem removed",
    edit: (d) => drop(schema(d, "Problem", "properties"), "detail"),
    bump: "major",
    breaks: [...readers("types"), "delete_order: types"],
  },
  // Webhooks.
  {
    name: "property of a webhook removed",
    edit: (d) => {
      drop(schema(d, "Notice", "properties"), "kind");
      without(schema(d, "Notice", "required"), "kind");
    },
    bump: "major",
    breaks: ["webhook order_paid: reader types"],
    witness: true,
  },
  {
    name: "value of a webhook added",
    edit: (d) => schema(d, "Notice", "properties", "kind", "enum").push(json("lost")),
    bump: "minor",
    breaks: ["webhook order_paid: strict-reader switch"],
    witness: true,
  },
  {
    name: "property of a webhook made required",
    edit: (d) => schema(d, "Notice", "required").push(json("at")),
    bump: "minor",
    rules: ["response-property-made-required"],
  },
  {
    name: "webhook removed",
    edit: (d) => drop(d, "webhooks"),
    bump: "major",
    breaks: ["webhook order_paid: behaviour"],
  },
  {
    name: "webhook added",
    edit: (d) => set(at(d, "webhooks"), "order_lost", at(d, "webhooks", "order_paid")),
    bump: "minor",
    rules: ["webhook-added"],
  },
  // Security and servers.
  {
    name: "scope added",
    edit: (d) => set(at(d, ...one, "delete"), "security", [{ login: ["orders:write", "admin"] }]),
    bump: "major",
    breaks: ["delete_order: sender"],
  },
  {
    name: "scope dropped",
    edit: (d) => set(at(d, ...one, "delete"), "security", [{ login: [] }]),
    bump: "minor",
    rules: ["security-loosened"],
  },
  {
    name: "key in another header",
    edit: (d) => set(at(d, "components", "securitySchemes", "key"), "name", "X-Api-Key"),
    bump: "major",
    breaks: [...readers("sender"), "search_catalog: sender"],
  },
  {
    name: "security said by each operation",
    edit: (d) => {
      for (const operation of [list, create, [...one, "get"] as const, search])
        set(at(d, ...operation), "security", [{ key: [] }]);
      drop(d, "security");
    },
    bump: "none",
  },
  {
    name: "optional security",
    edit: (d) => set(d, "security", [{ key: [] }, {}]),
    bump: "minor",
    rules: ["security-loosened"],
  },
  {
    name: "scheme by another name",
    edit: (d) => {
      const schemes = at(d, "components", "securitySchemes");
      set(schemes, "token", at(schemes, "key"));
      drop(schemes, "key");
      set(d, "security", [{ token: [] }]);
    },
    // Callers give credentials by the name of the scheme.
    bump: "major",
    breaks: ["null: types"],
  },
  {
    name: "region by default changed",
    edit: (d) => set(at(d, "servers", 0, "variables", "region"), "default", "us"),
    bump: "major",
    breaks: ["null: behaviour"],
  },
  {
    name: "region added",
    edit: (d) => at(d, "servers", 0, "variables", "region", "enum").push(json("asia")),
    bump: "minor",
    rules: ["server-added"],
  },
  {
    name: "server of one operation",
    edit: (d) => set(at(d, ...search), "servers", [{ url: "https://search.example" }]),
    bump: "major",
    breaks: ["search_catalog: behaviour", "search_catalog: behaviour"],
  },
  {
    name: "slash at the end of a server",
    edit: (d) => set(at(d, "servers", 0), "url", "https://{region}.shop.example/v1/"),
    bump: "none",
  },
  // Names of components.
  {
    name: "component by another name in code",
    edit: (d) => set(schema(d, "Money"), "x-contract-name", "Price"),
    bump: "major",
    breaks: ["null: types"],
    rules: ["component-renamed"],
  },
  {
    name: "component renamed that keeps its name in code",
    edit: (d) => {
      set(schema(d), "Coin", { ...schema(d, "Currency"), "x-contract-name": "Currency" });
      set(schema(d, "Money", "properties"), "currency", { $ref: "#/components/schemas/Coin" });
      drop(schema(d), "Currency");
    },
    bump: "none",
  },
  {
    name: "component written out and removed",
    edit: (d) => {
      set(schema(d, "Money", "properties"), "currency", schema(d, "Currency"));
      drop(schema(d), "Currency");
    },
    bump: "major",
    breaks: ["null: types"],
  },
  {
    name: "part of a schema made a component",
    edit: (d) => {
      set(schema(d), "Status", field(d, "status"));
      set(at(order(d), "properties"), "status", { $ref: "#/components/schemas/Status" });
    },
    bump: "none",
  },
  {
    name: "component that nothing uses removed",
    edit: (d) => drop(schema(d), "Voucher"),
    bump: "none",
  },
  // Other spellings.
  {
    name: "type in a list",
    edit: (d) => set(property(d, "Money", "amount"), "type", ["integer"]),
    bump: "none",
  },
  {
    name: "constant as a list of one",
    edit: (d) => set(schema(d, "Card", "properties"), "method", { enum: ["card"] }),
    bump: "none",
  },
  {
    name: "values as constants",
    edit: (d) => set(schema(d), "Currency", { oneOf: [{ const: "EUR" }, { const: "USD" }] }),
    bump: "none",
  },
  {
    name: "types as branches",
    edit: (d) =>
      set(at(order(d), "properties"), "note", { anyOf: [{ type: "string" }, { type: "null" }] }),
    bump: "none",
  },
  {
    name: "what goes anyway said",
    edit: (d) => {
      set(schema(d, "Money"), "additionalProperties", {});
      set(input(d, "comment"), "minLength", 0);
      set(schema(d, "Filter"), "required", []);
      set(property(d, "Filter", "all"), "uniqueItems", false);
      set(property(d, "Filter", "field"), "deprecated", false);
    },
    bump: "none",
  },
  {
    name: "allOf merged",
    edit: (d) => {
      set(schema(d), "Order", {
        type: "object",
        required: ["id", "created_at", "status", "items", "total"],
        properties: { ...schema(d, "Entity", "properties"), ...at(order(d), "properties") },
      });
    },
    bump: "none",
  },
  {
    name: "inner parts in another order",
    edit: (d) => {
      schema(d, "Order", "allOf").reverse();
      schema(d, "Payment", "oneOf").reverse();
      at(input(d, "contact"), "anyOf").reverse();
      at(d, "tags").reverse();
    },
    bump: "none",
  },
  {
    name: "media type with its characters",
    edit: (d) => {
      const content = at(d, ...one, "get", "responses", "200", "content");
      set(content, "application/json; charset=utf-8", at(content, "application/json"));
      drop(content, "application/json");
    },
    bump: "none",
  },
  // Texts.
  {
    name: "version and contact",
    edit: (d) => {
      set(at(d, "info"), "version", "2.0.1");
      set(at(d, "info"), "contact", { name: "Us" });
    },
    bump: "patch",
    rules: ["contract-note-changed"],
  },
  {
    name: "text of a parameter, a response and a tag",
    edit: (d) => {
      set(parameter(d, 2), "description", "How many.");
      set(at(d, ...one, "delete", "responses", "204"), "description", "It is gone.");
      set(at(d, "tags", 0), "description", "What was bought.");
    },
    bump: "patch",
  },
  {
    name: "extension of another tool",
    edit: (d) => set(at(d, ...list), "x-internal", true),
    bump: "patch",
    rules: ["request-note-changed"],
  },
  {
    name: "text of a scope",
    edit: (d) =>
      set(
        at(d, "components", "securitySchemes", "login", "flows", "clientCredentials", "scopes"),
        "admin",
        "All of it.",
      ),
    bump: "patch",
  },
  {
    name: "second tag",
    edit: (d) => at(d, ...list, "tags").push(json("catalog")),
    bump: "patch",
  },
];
