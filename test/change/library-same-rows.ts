import { at, drop, json, schema, set } from "./edit.js";
import type { Row } from "./rows.js";
import type { Editable } from "./small.js";

const one = ["paths", "/books/{isbn}"] as const;
const lend = ["paths", "/books/{isbn}/loans", "post"] as const;
const book = (d: Editable): Editable => schema(d, "Book", "allOf", 1);
const field = (d: Editable, name: string): Editable => at(book(d), "properties", name);
const input = (d: Editable, name: string): Editable => schema(d, "BookInput", "properties", name);
const component = (d: Editable, kind: string, name: string, value: unknown): { $ref: string } => {
  if (!(kind in at(d, "components"))) set(at(d, "components"), kind, {});
  set(at(d, "components", kind), name, value);
  return { $ref: `#/components/${kind}/${name}` };
};

/** The library in other words: nothing may be said of these. */
export const librarySameRows: readonly Row[] = [
  {
    name: "items of a list said by a dynamic reference",
    edit: (d) => {
      const list = field(d, "authors");
      set(list, "$defs", { name: { $dynamicAnchor: "name", $ref: "#/components/schemas/Name" } });
      set(at(d, "components", "schemas"), "Name", { type: "string" });
      set(list, "items", { $dynamicRef: "#name" });
    },
    bump: "none",
  },
  {
    name: "oneOf with null as anyOf",
    edit: (d) => {
      set(field(d, "genre"), "anyOf", at(field(d, "genre"), "oneOf"));
      drop(field(d, "genre"), "oneOf");
    },
    bump: "none",
  },
  {
    name: "null in front",
    edit: (d) => at(field(d, "genre"), "oneOf").reverse(),
    bump: "none",
  },
  {
    name: "values of a reference written out beside null",
    edit: (d) =>
      set(at(book(d), "properties"), "genre", {
        type: ["string", "null"],
        enum: ["novel", "poetry", "drama", null],
      }),
    bump: "none",
  },
  {
    name: "type said beside values",
    edit: (d) => set(schema(d, "BookPatch", "properties", "genre"), "type", ["null", "string"]),
    bump: "none",
  },
  {
    name: "value as a list of one",
    edit: (d) => set(at(book(d), "properties"), "state", { type: "string", enum: ["here"] }),
    bump: "none",
  },
  {
    name: "refused value as a constant",
    edit: (d) => set(input(d, "code"), "not", { const: "none" }),
    bump: "none",
  },
  {
    name: "parameters of a path put on its operations",
    edit: (d) => {
      for (const method of ["get", "patch", "delete"])
        set(at(d, ...one, method), "parameters", structuredClone(at(d, ...one, "parameters")));
      drop(at(d, ...one), "parameters");
    },
    bump: "none",
  },
  {
    name: "path behind a reference",
    edit: (d) =>
      set(at(d, "paths"), "/books/{isbn}", component(d, "pathItems", "One", at(d, ...one))),
    bump: "none",
  },
  {
    name: "webhook behind a reference",
    edit: (d) =>
      set(
        at(d, "webhooks"),
        "book_added",
        component(d, "pathItems", "Added", at(d, "webhooks", "book_added")),
      ),
    bump: "none",
  },
  {
    name: "callback behind a reference",
    edit: (d) =>
      set(
        at(d, ...lend, "callbacks"),
        "returned",
        component(d, "callbacks", "Returned", at(d, ...lend, "callbacks", "returned")),
      ),
    bump: "none",
  },
  {
    name: "body behind a reference",
    edit: (d) =>
      set(
        at(d, ...lend),
        "requestBody",
        component(d, "requestBodies", "Loan", at(d, ...lend, "requestBody")),
      ),
    bump: "none",
  },
  {
    name: "headers behind references",
    edit: (d) => {
      const headers = at(d, "paths", "/books", "get", "responses", "200", "headers");
      for (const name of ["X-Left", "Vary"])
        set(headers, name, component(d, "headers", name, at(headers, name)));
    },
    bump: "none",
  },
  {
    name: "base written out",
    edit: (d) => {
      const [base, own] = [schema(d, "Thing"), book(d)];
      set(at(d, "components", "schemas"), "Book", {
        type: "object",
        required: ["media", "title", "made", "id"],
        properties: structuredClone({ ...at(own, "properties"), ...at(base, "properties") }),
      });
    },
    bump: "none",
  },
  {
    name: "parts of a schema in another order",
    edit: (d) => schema(d, "Book", "allOf").reverse(),
    bump: "none",
  },
  {
    name: "parts of parts",
    edit: (d) =>
      set(schema(d, "Book"), "allOf", [{ allOf: [{ allOf: [...schema(d, "Book", "allOf")] }] }]),
    bump: "none",
  },
  {
    name: "property of a base said twice",
    edit: (d) => set(at(book(d), "properties"), "made", { type: "string", format: "date" }),
    bump: "none",
  },
  {
    name: "what goes anyway",
    edit: (d) => {
      set(schema(d, "Section"), "additionalProperties", {});
      set(schema(d, "Section"), "minProperties", 0);
      set(schema(d, "Section"), "deprecated", false);
      set(schema(d, "Section", "properties", "books"), "uniqueItems", false);
      set(field(d, "sequel"), "readOnly", false);
      set(schema(d, "Thing", "properties", "made"), "minLength", 0);
      set(at(d, ...lend), "deprecated", false);
      set(at(d, "paths", "/books", "get", "parameters", 0), "style", "form");
      set(at(d, "paths", "/books", "get", "parameters", 0), "required", false);
      set(at(d, ...one, "patch", "requestBody"), "required", false);
      set(at(input(d, "sizes")), "items", true);
    },
    bump: "none",
  },
  {
    name: "tags of branches said as they are",
    edit: (d) =>
      set(schema(d, "Media", "discriminator"), "mapping", {
        Paper: "#/components/schemas/Paper",
        File: "File",
      }),
    bump: "none",
  },
  {
    name: "range of statuses in small letters",
    edit: (d) => {
      const responses = at(d, "paths", "/books", "get", "responses");
      set(responses, "4xx", at(responses, "4XX"));
      drop(responses, "4XX");
    },
    bump: "none",
  },
  {
    name: "credentials in another order",
    edit: (d) => at(d, "security").reverse(),
    bump: "none",
  },
  {
    name: "no credentials as one empty alternative",
    edit: (d) => set(at(d, ...one, "delete"), "security", [{}]),
    bump: "none",
  },
  {
    name: "schema of a body made a component that is new",
    edit: (d) => {
      const media = at(
        d,
        "paths",
        "/books",
        "get",
        "responses",
        "200",
        "content",
        "application/json",
      );
      set(media, "schema", component(d, "schemas", "BookPage", at(media, "schema")));
    },
    bump: "none",
  },
  {
    name: "reference with an encoded character",
    edit: (d) => {
      set(at(d, "components", "schemas"), "Loan", schema(d, "Loan"));
      for (const place of [
        at(d, ...lend, "requestBody", "content", "application/json"),
        at(d, ...lend, "responses", "201", "content", "application/json"),
      ])
        set(place, "schema", { $ref: "#/components/schemas/%4Coan" });
    },
    bump: "none",
  },
  {
    name: "branch inside of allOf",
    edit: (d) =>
      set(schema(d, "Media", "oneOf"), 0, { allOf: [{ $ref: "#/components/schemas/Paper" }] }),
    bump: "none",
  },
  {
    name: "types of a property as branches",
    edit: (d) =>
      set(at(book(d), "properties"), "edition", {
        oneOf: [{ type: "string" }, { type: "integer" }],
      }),
    bump: "none",
  },
  {
    name: "needed properties in another order",
    edit: (d) => schema(d, "BookInput", "dependentRequired", "price").reverse(),
    bump: "none",
  },
  {
    name: "server with what it stands for",
    edit: (d) => {
      const servers = at(d, "servers");
      servers.push(json({ url: "https://test.library.example/v2/" }));
    },
    bump: "none",
  },
];
