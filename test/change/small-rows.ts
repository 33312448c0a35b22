import { at, drop, json, schema, set } from "./edit.js";
import type { Row } from "./rows.js";
import type { Editable } from "./small.js";

const property = (document: Editable, model: string, name: string): Editable =>
  schema(document, model, "properties", name);
const list = ["paths", "/pets", "get"] as const;
const create = ["paths", "/pets", "post"] as const;
const get = ["paths", "/pets/{id}", "get"] as const;
const readers = (who: string): string[] =>
  ["list_pets", "create_pet", "get_pet"].map((operation) => `${operation}: ${who}`);

/** Changes to the small contract. Each has its mirror in the other direction nearby. */
export const smallRows: readonly Row[] = [
  // Operations, names and routes.
  {
    name: "operation removed",
    edit: (d) => drop(at(d, "paths"), "/pets/{id}"),
    bump: "major",
    breaks: ["get_pet: sender types"],
  },
  {
    name: "operation added",
    edit: (d) =>
      set(at(d, "paths"), "/toys", {
        get: {
          operationId: "list_toys",
          tags: ["pets"],
          responses: { "204": { description: "-" } },
        },
      }),
    bump: "minor",
    rules: ["operation-added"],
  },
  {
    name: "operationId renamed",
    edit: (d) => set(at(d, ...get), "operationId", "read_pet"),
    bump: "major",
    breaks: ["get_pet: types"],
  },
  {
    name: "tag changed",
    edit: (d) => set(at(d, ...get), "tags", ["animals"]),
    bump: "major",
    breaks: ["get_pet: types"],
  },
  {
    name: "name given",
    edit: (d) => set(at(d, ...get), "x-contract-name", "fetchPet"),
    bump: "major",
    breaks: ["get_pet: types"],
  },
  {
    name: "path changed",
    edit: (d) => {
      set(at(d, "paths"), "/animals/{id}", at(d, "paths", "/pets/{id}"));
      drop(at(d, "paths"), "/pets/{id}");
    },
    bump: "major",
    breaks: ["get_pet: sender"],
  },
  {
    name: "method changed",
    edit: (d) => {
      set(at(d, "paths", "/pets"), "put", at(d, ...create));
      drop(at(d, "paths", "/pets"), "post");
    },
    bump: "major",
    breaks: ["create_pet: sender"],
  },
  {
    name: "path parameter renamed in the template",
    edit: (d) => {
      set(at(d, "paths"), "/pets/{pet}", at(d, "paths", "/pets/{id}"));
      drop(at(d, "paths"), "/pets/{id}");
      set(at(d, "paths", "/pets/{pet}", "get", "parameters", 0), "name", "pet");
    },
    bump: "major",
    breaks: ["get_pet: types"],
  },
  {
    name: "component renamed that callers see",
    edit: (d) => {
      set(schema(d), "State", schema(d, "Status"));
      drop(schema(d), "Status");
      set(schema(d, "Pet", "properties"), "status", { $ref: "#/components/schemas/State" });
    },
    bump: "major",
    breaks: ["null: types"],
  },
  {
    name: "operation deprecated",
    edit: (d) => set(at(d, ...get), "deprecated", true),
    bump: "minor",
    rules: ["request-deprecated"],
  },
  // Parameters.
  {
    name: "optional parameter added",
    edit: (d) =>
      at(d, ...list, "parameters").push(
        json({ name: "page", in: "query", schema: { type: "integer" } }),
      ),
    bump: "minor",
    rules: ["optional-parameter-added"],
  },
  {
    name: "required parameter added",
    edit: (d) =>
      at(d, ...list, "parameters").push(
        json({ name: "page", in: "query", required: true, schema: { type: "integer" } }),
      ),
    bump: "major",
    breaks: ["list_pets: sender types"],
  },
  {
    name: "parameter removed",
    edit: (d) => at(d, ...list, "parameters").splice(1, 1),
    bump: "major",
    breaks: ["list_pets: sender types"],
  },
  {
    name: "parameter made required",
    edit: (d) => set(at(d, ...list, "parameters", 1), "required", true),
    bump: "major",
    breaks: ["list_pets: sender types"],
  },
  {
    name: "parameter moved",
    edit: (d) => set(at(d, ...list, "parameters", 1), "in", "header"),
    bump: "major",
    breaks: ["list_pets: sender"],
  },
  {
    name: "parameter limit tightened",
    edit: (d) => set(at(d, ...list, "parameters", 0, "schema"), "maximum", 50),
    bump: "major",
    breaks: ["list_pets: sender"],
    witness: true,
  },
  {
    name: "parameter limit loosened",
    edit: (d) => set(at(d, ...list, "parameters", 0, "schema"), "maximum", 500),
    bump: "minor",
    rules: ["request-limit-loosened"],
  },
  {
    name: "default of a parameter changed",
    edit: (d) => set(at(d, ...list, "parameters", 0, "schema"), "default", 50),
    bump: "major",
    breaks: ["list_pets: behaviour"],
  },
  {
    name: "explode changed",
    edit: (d) => set(at(d, ...list, "parameters", 1), "explode", false),
    bump: "major",
    breaks: ["list_pets: sender"],
  },
  {
    name: "explode said as it is",
    edit: (d) => set(at(d, ...list, "parameters", 1), "explode", true),
    bump: "none",
  },
  {
    name: "allowReserved given",
    edit: (d) => set(at(d, ...list, "parameters", 1), "allowReserved", true),
    bump: "minor",
    rules: ["reserved-characters-allowed"],
  },
  {
    name: "format int32 given",
    edit: (d) => set(property(d, "NewPet", "chip"), "format", "int32"),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  // Request bodies.
  {
    name: "body made optional",
    edit: (d) => set(at(d, ...create, "requestBody"), "required", false),
    bump: "minor",
    rules: ["body-made-optional"],
  },
  {
    name: "body removed",
    edit: (d) => drop(at(d, ...create), "requestBody"),
    bump: "major",
    breaks: ["create_pet: sender types"],
  },
  {
    name: "request media type added",
    edit: (d) => set(at(d, ...create, "requestBody", "content"), "application/xml", { schema: {} }),
    bump: "minor",
    rules: ["request-media-type-added"],
  },
  {
    name: "request media type replaced",
    edit: (d) => {
      set(
        at(d, ...create, "requestBody", "content"),
        "application/xml",
        at(d, ...create, "requestBody", "content", "application/json"),
      );
      drop(at(d, ...create, "requestBody", "content"), "application/json");
    },
    bump: "major",
    breaks: ["create_pet: sender"],
  },
  {
    name: "optional request property added",
    edit: (d) => set(schema(d, "NewPet", "properties"), "color", { type: "string" }),
    bump: "minor",
    rules: ["request-optional-property-added"],
  },
  {
    name: "required request property added",
    edit: (d) => {
      set(schema(d, "NewPet", "properties"), "color", { type: "string" });
      schema(d, "NewPet", "required").push(json("color"));
    },
    bump: "major",
    breaks: ["create_pet: sender types"],
    witness: true,
  },
  {
    name: "request property removed",
    edit: (d) => drop(schema(d, "NewPet", "properties"), "note"),
    bump: "major",
    breaks: ["create_pet: types"],
  },
  {
    name: "request property made required",
    edit: (d) => schema(d, "NewPet", "required").push(json("weight")),
    bump: "major",
    breaks: ["create_pet: sender types"],
    witness: true,
  },
  {
    name: "request property made optional",
    edit: (d) => drop(schema(d, "NewPet"), "required"),
    bump: "minor",
    rules: ["request-property-made-optional"],
  },
  {
    name: "request string shortened",
    edit: (d) => set(property(d, "NewPet", "name"), "maxLength", 20),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  {
    name: "request string lengthened",
    edit: (d) => set(property(d, "NewPet", "name"), "maxLength", 80),
    bump: "minor",
    rules: ["request-limit-loosened"],
  },
  {
    name: "request minimum raised",
    edit: (d) => set(property(d, "NewPet", "weight"), "minimum", 1),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  {
    name: "request list shortened",
    edit: (d) => set(property(d, "NewPet", "toys"), "maxItems", 3),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  {
    name: "request items unique",
    edit: (d) => set(property(d, "NewPet", "toys"), "uniqueItems", true),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  {
    name: "request pattern narrowed",
    edit: (d) => set(property(d, "NewPet", "name"), "pattern", "^[a-m]+$"),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  {
    name: "request pattern widened",
    edit: (d) => set(property(d, "NewPet", "name"), "pattern", "^[a-z0-9]+$"),
    bump: "minor",
    rules: ["request-pattern-changed"],
  },
  {
    name: "request format given",
    edit: (d) => set(property(d, "NewPet", "note"), "format", "email"),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  {
    name: "request date is any string",
    edit: (d) => drop(property(d, "NewPet", "born"), "format"),
    bump: "major",
    breaks: ["create_pet: types"],
  },
  {
    name: "request null refused",
    edit: (d) => set(property(d, "NewPet", "note"), "type", "string"),
    bump: "major",
    breaks: ["create_pet: sender types"],
    witness: true,
  },
  {
    name: "request null allowed",
    edit: (d) => set(property(d, "NewPet", "weight"), "type", ["number", "null"]),
    bump: "minor",
    rules: ["request-null-allowed"],
  },
  {
    name: "request type changed",
    edit: (d) => set(schema(d, "NewPet", "properties"), "weight", { type: "string" }),
    bump: "major",
    breaks: ["create_pet: sender types"],
    witness: true,
  },
  {
    name: "request number whole",
    edit: (d) => set(property(d, "NewPet", "weight"), "type", "integer"),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  {
    name: "request value refused",
    edit: (d) => set(property(d, "NewPet", "note"), "not", { enum: ["none"] }),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  {
    name: "default of a request property changed",
    edit: (d) => set(property(d, "NewPet", "vaccinated"), "default", true),
    bump: "major",
    breaks: ["create_pet: behaviour"],
  },
  {
    name: "enum value of requests added",
    edit: (d) => schema(d, "Kind", "enum").push(json("bird")),
    bump: "minor",
    rules: ["request-enum-value-added"],
  },
  {
    name: "enum value of requests removed",
    edit: (d) => set(schema(d, "Kind"), "enum", ["cat"]),
    bump: "major",
    breaks: ["list_pets: sender types", "create_pet: sender types"],
    witness: true,
  },
  {
    name: "request object closed",
    edit: (d) => set(schema(d, "NewPet"), "additionalProperties", false),
    bump: "major",
    breaks: ["create_pet: sender"],
    witness: true,
  },
  {
    name: "request map limited",
    edit: (d) => set(property(d, "NewPet", "labels"), "additionalProperties", { type: "integer" }),
    bump: "major",
    breaks: ["create_pet: sender types"],
    witness: true,
  },
  {
    name: "request union branch removed",
    edit: (d) => schema(d, "Home", "oneOf").pop(),
    bump: "major",
    breaks: ["create_pet: sender types"],
    witness: true,
  },
  {
    name: "request union branch added",
    edit: (d) =>
      schema(d, "Home", "oneOf").push(
        json({
          type: "object",
          title: "sea",
          required: ["sea"],
          properties: { sea: { type: "string" } },
        }),
      ),
    bump: "minor",
    rules: ["request-union-branch-added"],
  },
  // Responses: mirrors of the above.
  {
    name: "optional response property added",
    edit: (d) => set(schema(d, "Pet", "properties"), "color", { type: "string" }),
    bump: "minor",
    rules: ["response-optional-property-added"],
  },
  {
    name: "optional response property removed",
    edit: (d) => drop(schema(d, "Pet", "properties"), "age"),
    bump: "major",
    breaks: readers("types"),
  },
  {
    name: "required response property removed",
    edit: (d) => {
      drop(schema(d, "Pet", "properties"), "name");
      set(schema(d, "Pet"), "required", ["id", "status"]);
    },
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "response property made optional",
    edit: (d) => set(schema(d, "Pet"), "required", ["id", "status"]),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "response property made required",
    edit: (d) => schema(d, "Pet", "required").push(json("age")),
    bump: "minor",
    rules: ["response-property-made-required"],
  },
  {
    name: "response limit loosened",
    edit: (d) => set(property(d, "Pet", "id"), "maxLength", 64),
    bump: "minor",
    breaks: readers("strict-reader"),
    witness: true,
  },
  {
    name: "response limit tightened",
    edit: (d) => set(property(d, "Pet", "id"), "maxLength", 20),
    bump: "minor",
    rules: ["response-limit-tightened"],
  },
  {
    name: "response enum value added",
    edit: (d) => schema(d, "Status", "enum").push(json("lost")),
    bump: "minor",
    breaks: readers("strict-reader switch"),
    witness: true,
  },
  {
    name: "response enum value removed",
    edit: (d) => schema(d, "Status", "enum").pop(),
    bump: "minor",
    rules: ["response-enum-value-removed"],
  },
  {
    name: "response null allowed",
    edit: (d) => set(property(d, "Pet", "name"), "type", ["string", "null"]),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "response type changed",
    edit: (d) => set(schema(d, "Pet", "properties"), "age", { type: "string" }),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "response date is any string",
    edit: (d) => drop(property(d, "Pet", "born"), "format"),
    bump: "major",
    breaks: readers("reader types"),
    witness: true,
  },
  {
    name: "third branch of a response union",
    edit: (d) =>
      schema(d, "Spot", "oneOf").push(
        json({
          type: "object",
          title: "roof",
          required: ["roof"],
          properties: { roof: { type: "string" } },
        }),
      ),
    bump: "minor",
    breaks: readers("strict-reader switch"),
    witness: true,
  },
  {
    name: "response union branch removed",
    edit: (d) => schema(d, "Spot", "oneOf").pop(),
    bump: "minor",
    rules: ["response-union-branch-removed"],
  },
  {
    name: "success status changed",
    edit: (d) => {
      set(at(d, ...create, "responses"), "200", at(d, ...create, "responses", "201"));
      drop(at(d, ...create, "responses"), "201");
    },
    bump: "major",
    breaks: ["create_pet: reader"],
  },
  {
    name: "error status added",
    edit: (d) => set(at(d, ...get, "responses"), "404", { description: "No such pet." }),
    bump: "minor",
    breaks: ["get_pet: strict-reader switch"],
  },
  {
    name: "error status removed that others have",
    edit: (d) => drop(at(d, ...get, "responses"), "400"),
    bump: "minor",
    rules: ["error-status-removed"],
  },
  {
    name: "error status removed for good",
    edit: (d) => drop(at(d, ...create, "responses"), "409"),
    bump: "major",
    breaks: ["create_pet: types"],
  },
  {
    name: "response body removed",
    edit: (d) => drop(at(d, ...get, "responses", "200"), "content"),
    bump: "major",
    breaks: ["get_pet: reader types"],
  },
  {
    name: "response media type replaced",
    edit: (d) => {
      set(
        at(d, ...get, "responses", "200", "content"),
        "application/xml",
        at(d, ...get, "responses", "200", "content", "application/json"),
      );
      drop(at(d, ...get, "responses", "200", "content"), "application/json");
    },
    bump: "major",
    breaks: ["get_pet: reader"],
  },
  {
    name: "required header removed",
    edit: (d) => drop(at(d, ...list, "responses", "200", "headers"), "X-Total"),
    bump: "major",
    breaks: ["list_pets: strict-reader types"],
  },
  {
    name: "header added",
    edit: (d) =>
      set(at(d, ...list, "responses", "200", "headers"), "X-More", { schema: { type: "string" } }),
    bump: "minor",
    rules: ["header-added"],
  },
  // Security and servers.
  {
    name: "other credentials asked for",
    edit: (d) => set(d, "security", [{ token: [] }]),
    bump: "major",
    breaks: readers("sender"),
  },
  {
    name: "more credentials asked for",
    edit: (d) => set(d, "security", [{ key: [], token: [] }]),
    bump: "major",
    breaks: readers("sender"),
  },
  {
    name: "other credentials taken too",
    edit: (d) => set(d, "security", [{ key: [] }, { token: [] }]),
    bump: "minor",
    rules: ["security-loosened"],
  },
  {
    name: "security dropped",
    edit: (d) => set(at(d, ...get), "security", []),
    bump: "minor",
    rules: ["security-loosened"],
  },
  {
    name: "server changed",
    edit: (d) => set(at(d, "servers", 0), "url", "https://pets.example/v2"),
    bump: "major",
    breaks: ["null: behaviour"],
  },
  {
    name: "other server removed",
    edit: (d) => at(d, "servers").pop(),
    bump: "major",
    breaks: ["null: behaviour"],
  },
  {
    name: "server added",
    edit: (d) => at(d, "servers").push(json({ url: "https://eu.pets.example/v1" })),
    bump: "minor",
    rules: ["server-added"],
  },
  // Texts.
  {
    name: "description changed",
    edit: (d) => set(property(d, "Pet", "name"), "description", "What it is called."),
    bump: "patch",
    rules: ["response-prose-changed"],
  },
  {
    name: "summary changed",
    edit: (d) => set(at(d, ...get), "summary", "Read a pet."),
    bump: "patch",
    rules: ["request-prose-changed"],
  },
  {
    name: "example added",
    edit: (d) => set(property(d, "NewPet", "name"), "examples", ["tom"]),
    bump: "patch",
    rules: ["request-prose-changed"],
  },
  {
    name: "title of the document changed",
    edit: (d) => set(at(d, "info"), "title", "Animals"),
    bump: "patch",
    rules: ["contract-note-changed"],
  },
  // Other spellings of the same.
  {
    name: "reference written out",
    edit: (d) => set(schema(d, "NewPet", "properties"), "home", schema(d, "Home")),
    bump: "none",
  },
  {
    name: "null in another spelling",
    edit: (d) =>
      set(schema(d, "NewPet", "properties"), "note", {
        anyOf: [{ type: "string" }, { type: "null" }],
      }),
    bump: "none",
  },
  {
    name: "one schema behind allOf",
    edit: (d) =>
      set(schema(d, "Pet", "properties"), "status", {
        allOf: [{ $ref: "#/components/schemas/Status" }],
      }),
    bump: "none",
  },
  {
    name: "enum in another order",
    edit: (d) => schema(d, "Status", "enum").reverse(),
    bump: "none",
  },
  {
    name: "required in another order",
    edit: (d) => schema(d, "Pet", "required").reverse(),
    bump: "none",
  },
  {
    name: "branches in another order",
    edit: (d) => schema(d, "Spot", "oneOf").reverse(),
    bump: "none",
  },
  {
    name: "parameters in another order",
    edit: (d) => at(d, ...list, "parameters").reverse(),
    bump: "none",
  },
  {
    name: "parameters behind references",
    edit: (d) => {
      set(at(d, "components"), "parameters", { Limit: at(d, ...list, "parameters", 0) });
      set(at(d, ...list, "parameters"), 0, { $ref: "#/components/parameters/Limit" });
    },
    bump: "none",
  },
  {
    name: "component renamed that no one sees",
    edit: (d) => {
      set(at(d, "components", "responses"), "Wrong", at(d, "components", "responses", "Bad"));
      for (const operation of [list, create, get]) {
        set(at(d, ...operation, "responses"), "400", { $ref: "#/components/responses/Wrong" });
      }
      drop(at(d, "components", "responses"), "Bad");
    },
    bump: "none",
  },
  {
    name: "parameters of the operation put on the path",
    edit: (d) => {
      set(at(d, "paths", "/pets/{id}"), "parameters", at(d, ...get, "parameters"));
      drop(at(d, ...get), "parameters");
    },
    bump: "none",
  },
];
