import { at, drop, json, schema, set } from "./edit.js";
import type { Row } from "./rows.js";
import type { Editable } from "./small.js";

const list = ["paths", "/books", "get"] as const;
const add = ["paths", "/books", "post"] as const;
const one = ["paths", "/books/{isbn}"] as const;
const lend = ["paths", "/books/{isbn}/loans", "post"] as const;
const shelf = ["paths", "/shelves/{place}", "get"] as const;
const hook = ["webhooks", "book_added", "post"] as const;
const back = [...lend, "callbacks", "returned", "{$request.body#/notify}", "post"] as const;
const parameter = (d: Editable, index: number): Editable => at(d, ...list, "parameters", index);
const input = (d: Editable, name: string): Editable => schema(d, "BookInput", "properties", name);
const book = (d: Editable): Editable => schema(d, "Book", "allOf", 1);
const field = (d: Editable, name: string): Editable => at(book(d), "properties", name);
const loan = (d: Editable, name: string): Editable => schema(d, "Loan", "properties", name);
const webhook = "webhook book_added";
const callback = "lend_book callback returned";
/** Who breaks wherever a book is received. */
const books = (who: string): string[] =>
  ["list_books", "add_book", "get_book", "change_book", "get_shelf", webhook].map(
    (id) => `${id}: ${who}`,
  );
const refused = (who: string): string[] =>
  ["list_books", "add_book", "get_book", "change_book"].map((id) => `${id}: ${who}`);
const isbn = (who: string): string[] =>
  ["get_book", "change_book", "drop_book"].map((id) => `${id}: ${who}`);
const without = (target: Editable, value: string): void => {
  target.splice(
    target.findIndex((item) => String(item) === value),
    1,
  );
};

/** Changes of what callers send to the library. */
export const libraryRequestRows: readonly Row[] = [
  {
    name: "shared value of a parameter and a body removed",
    edit: (d) => without(schema(d, "Genre", "enum"), "drama"),
    bump: "major",
    breaks: ["list_books: sender types", "add_book: sender types"],
    witness: true,
  },
  {
    name: "value sorted by removed",
    edit: (d) => without(at(parameter(d, 1), "schema", "enum"), "year"),
    bump: "major",
    breaks: ["list_books: sender types"],
    witness: true,
  },
  {
    name: "list of a query parameter in one value",
    edit: (d) => set(parameter(d, 0), "explode", false),
    bump: "major",
    breaks: ["list_books: sender"],
  },
  {
    name: "number inside of a deep object is a string",
    edit: (d) => set(at(parameter(d, 2), "schema", "properties"), "year", { type: "string" }),
    bump: "major",
    // It travels as the same characters.
    breaks: ["list_books: types"],
  },
  {
    name: "string inside of a deep object is a number",
    edit: (d) => set(at(parameter(d, 2), "schema", "properties"), "author", { type: "integer" }),
    bump: "major",
    breaks: ["list_books: sender types"],
    witness: true,
  },
  {
    name: "member of a deep object removed",
    edit: (d) => drop(at(parameter(d, 2), "schema", "properties"), "author"),
    bump: "major",
    breaks: ["list_books: types"],
  },
  {
    name: "format of a header parameter dropped",
    edit: (d) => drop(at(parameter(d, 3), "schema"), "format"),
    bump: "minor",
    rules: ["request-format-removed"],
  },
  {
    name: "header parameter required",
    edit: (d) => set(parameter(d, 3), "required", true),
    bump: "major",
    breaks: ["list_books: sender types"],
  },
  {
    name: "default of a cookie changed",
    edit: (d) => set(at(parameter(d, 4), "schema"), "default", "de"),
    bump: "major",
    breaks: ["list_books: behaviour"],
  },
  {
    name: "cookie removed",
    edit: (d) => at(d, ...list, "parameters").splice(4, 1),
    bump: "major",
    breaks: ["list_books: sender types"],
  },
  {
    name: "first page no longer allowed",
    edit: (d) => {
      drop(at(parameter(d, 5), "schema"), "minimum");
      set(at(parameter(d, 5), "schema"), "exclusiveMinimum", 0);
    },
    bump: "major",
    breaks: ["list_books: sender"],
    witness: true,
  },
  {
    name: "schema of a parameter dropped",
    edit: (d) => set(parameter(d, 5), "schema", {}),
    bump: "major",
    breaks: ["list_books: behaviour"],
  },
  {
    name: "path parameter of three operations limited",
    edit: (d) => set(at(d, ...one, "parameters", 0, "schema"), "pattern", "^[0-9]{13}$"),
    bump: "major",
    breaks: isbn("sender"),
    witness: true,
  },
  {
    name: "path parameter of three operations widened",
    edit: (d) => drop(at(d, ...one, "parameters", 0, "schema"), "pattern"),
    bump: "minor",
    rules: ["request-pattern-removed"],
  },
  {
    name: "path parameter of three operations by another name",
    edit: (d) => {
      const item = at(d, ...one);
      set(at(item, "parameters", 0), "name", "number");
      drop(at(d, "paths"), "/books/{isbn}");
      set(at(d, "paths"), "/books/{number}", item);
    },
    bump: "major",
    breaks: isbn("types"),
  },
  {
    name: "items of a path parameter are strings",
    edit: (d) => set(at(d, ...shelf, "parameters", 0, "schema", "items"), "type", "string"),
    bump: "major",
    breaks: ["get_shelf: types"],
  },
  {
    name: "two places asked for",
    edit: (d) => set(at(d, ...shelf, "parameters", 0, "schema"), "minItems", 2),
    bump: "major",
    breaks: ["get_shelf: sender"],
    witness: true,
  },
  {
    name: "path parameter in matrix style",
    edit: (d) => set(at(d, ...shelf, "parameters", 0), "style", "matrix"),
    bump: "major",
    breaks: ["get_shelf: sender"],
  },
  {
    name: "file of a form in another format",
    edit: (d) =>
      set(
        at(d, ...add, "requestBody", "content", "multipart/form-data", "encoding", "cover"),
        "contentType",
        "image/jpeg",
      ),
    bump: "major",
    breaks: ["add_book: sender"],
  },
  {
    name: "field of a form required",
    edit: (d) =>
      at(d, ...add, "requestBody", "content", "multipart/form-data", "schema", "required").push(
        json("note"),
      ),
    bump: "major",
    breaks: ["add_book: sender types"],
    witness: true,
  },
  {
    name: "form with files no longer taken",
    edit: (d) => drop(at(d, ...add, "requestBody", "content"), "multipart/form-data"),
    bump: "major",
    breaks: ["add_book: sender"],
  },
  {
    name: "larger patch asked for",
    edit: (d) => set(schema(d, "BookPatch"), "minProperties", 2),
    bump: "major",
    breaks: ["change_book: sender"],
    witness: true,
  },
  {
    name: "null of a patch refused",
    edit: (d) => set(schema(d, "BookPatch", "properties", "title"), "type", "string"),
    bump: "major",
    breaks: ["change_book: sender types"],
    witness: true,
  },
  {
    name: "null of a list refused",
    edit: (d) => schema(d, "BookPatch", "properties", "genre", "enum").pop(),
    bump: "major",
    breaks: ["change_book: sender types"],
    witness: true,
  },
  {
    name: "patch asked for",
    edit: (d) => set(at(d, ...one, "patch", "requestBody"), "required", true),
    bump: "major",
    breaks: ["change_book: sender types"],
  },
  {
    name: "one more property needed beside another",
    edit: (d) => schema(d, "BookInput", "dependentRequired", "price").push(json("code")),
    bump: "major",
    breaks: ["add_book: sender"],
    witness: true,
  },
  {
    name: "no property needed beside another",
    edit: (d) => drop(schema(d, "BookInput"), "dependentRequired"),
    bump: "minor",
    rules: ["request-condition-removed"],
  },
  {
    name: "one more refused code",
    edit: (d) => at(input(d, "code"), "not", "enum").push(json("tbd")),
    bump: "major",
    breaks: ["add_book: sender"],
    witness: true,
  },
  {
    name: "constant changed",
    edit: (d) => set(input(d, "kind"), "const", "ebook"),
    bump: "major",
    breaks: ["add_book: sender types"],
    witness: true,
  },
  {
    name: "constant is any string",
    edit: (d) => set(schema(d, "BookInput", "properties"), "kind", { type: "string" }),
    bump: "minor",
    rules: ["request-enum-removed"],
  },
  {
    name: "written secret removed",
    edit: (d) => drop(schema(d, "BookInput", "properties"), "secret"),
    bump: "major",
    breaks: ["add_book: types"],
  },
  {
    name: "third position of an open tuple",
    edit: (d) => at(input(d, "sizes"), "prefixItems").push(json({ type: "integer" })),
    bump: "major",
    breaks: ["add_book: sender types"],
    witness: true,
  },
  {
    name: "open tuple closed",
    edit: (d) => set(input(d, "sizes"), "items", false),
    bump: "major",
    breaks: ["add_book: sender types"],
    witness: true,
  },
  {
    name: "items of any type are strings",
    edit: (d) => set(input(d, "sizes"), "items", { type: "string" }),
    bump: "major",
    breaks: ["add_book: sender types"],
    witness: true,
  },
  {
    name: "items of a request may be anything",
    edit: (d) => drop(input(d, "authors"), "items"),
    bump: "minor",
    rules: ["request-items-freed"],
  },
  {
    name: "names of a request map shortened",
    edit: (d) => set(at(input(d, "extra"), "propertyNames"), "maxLength", 5),
    bump: "major",
    breaks: ["add_book: sender"],
    witness: true,
  },
  {
    name: "empty map taken",
    edit: (d) => drop(input(d, "extra"), "minProperties"),
    bump: "minor",
    rules: ["request-limit-loosened"],
  },
  {
    name: "values of a request map limited",
    edit: (d) => set(at(input(d, "extra"), "additionalProperties"), "maximum", 9),
    bump: "major",
    breaks: ["add_book: sender"],
    witness: true,
  },
  {
    name: "branch of three removed",
    edit: (d) => schema(d, "MediaInput", "anyOf").splice(1, 1),
    bump: "major",
    breaks: ["add_book: sender types"],
    witness: true,
  },
  {
    name: "limit inside of a recursive map",
    edit: (d) => set(input(d, "title"), "maxLength", 100),
    bump: "major",
    breaks: ["add_book: sender"],
    witness: true,
  },
  {
    name: "values of a recursive map of another type",
    edit: (d) => set(input(d, "related"), "additionalProperties", { type: "string" }),
    bump: "major",
    breaks: ["add_book: sender types"],
    witness: true,
  },
  {
    name: "option of a closed object removed",
    edit: (d) => drop(at(input(d, "options"), "properties"), "level"),
    bump: "major",
    breaks: ["add_book: sender types"],
    witness: true,
  },
  {
    name: "default of an inner option changed",
    edit: (d) => set(at(input(d, "options"), "properties", "loud"), "default", true),
    bump: "major",
    breaks: ["add_book: behaviour"],
  },
  {
    name: "price may be nothing",
    edit: (d) => {
      drop(input(d, "price"), "exclusiveMinimum");
      set(input(d, "price"), "minimum", 0);
    },
    bump: "minor",
    rules: ["request-limit-loosened"],
  },
  {
    name: "price in tens",
    edit: (d) => set(input(d, "price"), "multipleOf", 0.1),
    bump: "major",
    breaks: ["add_book: sender"],
    witness: true,
  },
  {
    name: "price in thousandths",
    edit: (d) => set(input(d, "price"), "multipleOf", 0.001),
    bump: "minor",
    rules: ["request-limit-loosened"],
  },
  {
    name: "days of a loan fewer",
    edit: (d) => set(loan(d, "days"), "maximum", 20),
    bump: "major",
    breaks: ["lend_book: sender"],
    witness: true,
  },
  {
    name: "days of a loan optional",
    edit: (d) => drop(schema(d, "Loan"), "required"),
    bump: "major",
    // Where it is missing the default stands, so that the type stays: the compiler tells.
    breaks: ["lend_book: reader types"],
    witness: true,
  },
  {
    name: "default of a required property changed",
    edit: (d) => set(loan(d, "days"), "default", 7),
    bump: "patch",
    rules: ["request-note-changed"],
  },
  {
    name: "note of a loan without two marks",
    edit: (d) => set(loan(d, "note"), "pattern", "^[^<>]*$"),
    bump: "major",
    breaks: ["lend_book: sender"],
    witness: true,
  },
  {
    name: "JSON in letters of another order",
    edit: (d) => {
      const content = at(d, ...lend, "requestBody", "content");
      set(content, "Application/JSON", at(content, "application/json"));
      drop(content, "application/json");
    },
    bump: "none",
  },
  {
    name: "scope of staff added",
    edit: (d) => at(d, ...add, "security", 0, "staff").push(json("books:read")),
    bump: "major",
    breaks: ["add_book: sender"],
  },
  {
    name: "one of two kinds of credentials no longer taken",
    edit: (d) => at(d, "security").pop(),
    bump: "major",
    breaks: ["list_books", "get_book", "change_book", "lend_book", "get_shelf"].map(
      (id) => `${id}: sender`,
    ),
  },
  {
    name: "credentials where none were asked for",
    edit: (d) => set(at(d, ...one, "delete"), "security", [{ card: [] }]),
    bump: "major",
    breaks: ["drop_book: sender"],
  },
  {
    name: "cookie of the session by another name",
    edit: (d) => set(at(d, "components", "securitySchemes", "session"), "name", "lid"),
    bump: "major",
    breaks: ["list_books", "get_book", "change_book", "lend_book", "get_shelf"].map(
      (id) => `${id}: sender`,
    ),
  },
  {
    name: "server of a path changed",
    edit: (d) =>
      set(
        at(d, "paths", "/books/{isbn}/loans", "servers", 0),
        "url",
        "https://lend.library.example",
      ),
    bump: "major",
    breaks: ["lend_book: behaviour"],
  },
  {
    name: "server of a path gone",
    edit: (d) => drop(at(d, "paths", "/books/{isbn}/loans"), "servers"),
    bump: "major",
    breaks: ["lend_book: behaviour"],
  },
  {
    name: "branch of a server removed",
    edit: (d) => at(d, "servers", 0, "variables", "branch", "enum").pop(),
    bump: "major",
    breaks: ["null: behaviour"],
  },
  {
    name: "port of a server changed",
    edit: (d) => set(at(d, "servers", 0, "variables", "port"), "default", "8443"),
    bump: "major",
    breaks: ["null: behaviour"],
  },
  {
    name: "variable of a server by another name",
    edit: (d) => {
      const server = at(d, "servers", 0);
      set(server, "url", "https://{house}.library.example:{port}/v2");
      set(at(server, "variables"), "house", at(server, "variables", "branch"));
      drop(at(server, "variables"), "branch");
    },
    bump: "major",
    breaks: ["null: types"],
  },
  {
    name: "server whose path may be anything",
    edit: (d) => {
      set(at(d, "servers", 1), "url", "https://test.library.example/{path}");
      set(at(d, "servers", 1), "variables", { path: { default: "" } });
    },
    bump: "minor",
    rules: ["server-added"],
  },
  {
    name: "second server first",
    edit: (d) => at(d, "servers").reverse(),
    bump: "major",
    // Its variables are those of the first server.
    breaks: ["null: behaviour", "null: types", "null: types"],
  },
];

/** Changes of what callers of the library receive. */
export const libraryResponseRows: readonly Row[] = [
  {
    name: "shared value added that six operations and a callback carry",
    edit: (d) => schema(d, "Genre", "enum").push(json("essay")),
    bump: "minor",
    breaks: [...books("strict-reader switch"), `${callback}: strict-reader switch`],
    witness: true,
  },
  {
    name: "format of an id dropped",
    edit: (d) => drop(schema(d, "Thing", "properties", "id"), "format"),
    bump: "minor",
    breaks: books("strict-reader"),
    witness: true,
  },
  {
    name: "id no longer always there",
    edit: (d) => without(schema(d, "Thing", "required"), "id"),
    bump: "major",
    breaks: books("reader types"),
    witness: true,
  },
  {
    name: "day is a timestamp",
    edit: (d) => set(schema(d, "Thing", "properties", "made"), "format", "date-time"),
    bump: "major",
    breaks: books("strict-reader types"),
    witness: true,
  },
  {
    name: "title longer",
    edit: (d) => set(field(d, "title"), "maxLength", 300),
    bump: "minor",
    breaks: books("strict-reader"),
    witness: true,
  },
  {
    name: "title of at least two characters",
    edit: (d) => set(field(d, "title"), "minLength", 2),
    bump: "minor",
    rules: ["response-limit-tightened"],
  },
  {
    name: "genre never null",
    edit: (d) => set(at(book(d), "properties"), "genre", { $ref: "#/components/schemas/Genre" }),
    bump: "minor",
    rules: ["response-null-refused"],
  },
  {
    name: "media may be null",
    edit: (d) =>
      set(at(book(d), "properties"), "media", {
        anyOf: [{ $ref: "#/components/schemas/Media" }, { type: "null" }],
      }),
    bump: "major",
    breaks: books("reader types"),
    witness: true,
  },
  {
    name: "pages of 64 bits",
    edit: (d) => set(field(d, "pages"), "format", "int64"),
    bump: "minor",
    breaks: books("strict-reader"),
    witness: true,
  },
  {
    name: "price in finer steps",
    edit: (d) => set(field(d, "price"), "multipleOf", 0.001),
    bump: "minor",
    breaks: books("strict-reader"),
    witness: true,
  },
  {
    name: "bytes in other letters",
    edit: (d) => set(field(d, "cover"), "contentEncoding", "base64url"),
    bump: "major",
    breaks: books("behaviour"),
  },
  {
    name: "authors may be nobody",
    edit: (d) => drop(field(d, "authors"), "minItems"),
    bump: "minor",
    breaks: books("strict-reader"),
    witness: true,
  },
  {
    name: "authors may be repeated",
    edit: (d) => drop(field(d, "authors"), "uniqueItems"),
    bump: "minor",
    breaks: books("strict-reader"),
    witness: true,
  },
  {
    name: "authors may be anything",
    edit: (d) => drop(field(d, "authors"), "items"),
    bump: "major",
    breaks: books("reader types"),
    witness: true,
  },
  {
    name: "closed tuple opened",
    edit: (d) => drop(field(d, "sizes"), "items"),
    bump: "minor",
    breaks: books("strict-reader"),
    witness: true,
  },
  {
    name: "third position of a closed tuple",
    edit: (d) => at(field(d, "sizes"), "prefixItems").push(json({ type: "integer" })),
    bump: "major",
    breaks: books("strict-reader types"),
    witness: true,
  },
  {
    name: "received constant changed",
    edit: (d) => set(field(d, "state"), "const", "gone"),
    bump: "minor",
    breaks: books("strict-reader switch"),
    witness: true,
  },
  {
    name: "values of a received map are strings",
    edit: (d) => set(field(d, "extra"), "additionalProperties", { type: "string" }),
    bump: "major",
    breaks: books("reader types"),
    witness: true,
  },
  {
    name: "third type of an edition",
    edit: (d) => at(field(d, "edition"), "type").push(json("boolean")),
    bump: "major",
    breaks: books("reader types"),
    witness: true,
  },
  {
    name: "one type of an edition left",
    edit: (d) => set(field(d, "edition"), "type", "string"),
    bump: "minor",
    rules: ["response-type-removed"],
  },
  {
    name: "sequel removed",
    edit: (d) => drop(at(book(d), "properties"), "sequel"),
    bump: "major",
    breaks: books("types"),
  },
  {
    name: "tags of branches by another spelling",
    edit: (d) =>
      set(schema(d, "Media", "discriminator"), "mapping", {
        paper: "#/components/schemas/Paper",
        file: "#/components/schemas/File",
      }),
    bump: "minor",
    breaks: books("strict-reader switch").flatMap((line) => [line, line]),
  },
  {
    name: "branches told apart by another property",
    edit: (d) => {
      for (const name of ["Paper", "File"]) {
        set(schema(d, name, "properties"), "form", { type: "string" });
        schema(d, name, "required").push(json("form"));
      }
      set(schema(d, "Media", "discriminator"), "propertyName", "form");
    },
    bump: "major",
    breaks: [...books("types"), "add_book: sender types"],
  },
  {
    name: "required property of a branch without a tag dropped",
    edit: (d) => without(schema(d, "Paper", "required"), "weight"),
    bump: "major",
    breaks: books("reader types"),
    witness: true,
  },
  {
    name: "branch no longer received",
    edit: (d) => schema(d, "Media", "oneOf").pop(),
    bump: "minor",
    rules: ["response-union-branch-removed"],
  },
  {
    name: "name of a section optional",
    edit: (d) => drop(schema(d, "Section"), "required"),
    bump: "major",
    breaks: ["get_shelf: reader types"],
    witness: true,
  },
  {
    name: "sections no longer beside books",
    edit: (d) => schema(d, "Section", "properties", "books", "items", "anyOf").pop(),
    bump: "minor",
    rules: ["response-union-branch-removed"],
  },
  {
    name: "strings beside books",
    edit: (d) =>
      schema(d, "Section", "properties", "books", "items", "anyOf").push(json({ type: "string" })),
    bump: "minor",
    breaks: ["get_shelf: strict-reader switch"],
    witness: true,
  },
  {
    name: "details of a refusal are numbers",
    edit: (d) =>
      set(schema(d, "Refusal", "properties", "details"), "additionalProperties", {
        type: "integer",
      }),
    bump: "major",
    breaks: refused("reader types"),
    witness: true,
  },
  {
    name: "reason of a refusal removed",
    edit: (d) => {
      drop(schema(d, "Refusal", "properties"), "reason");
      drop(schema(d, "Refusal"), "required");
    },
    bump: "major",
    breaks: refused("reader types"),
    witness: true,
  },
  {
    name: "nothing new no longer said",
    edit: (d) => drop(at(d, ...list, "responses"), "304"),
    bump: "minor",
    rules: ["error-status-removed"],
  },
  {
    name: "range of statuses removed",
    edit: (d) => drop(at(d, ...list, "responses"), "4XX"),
    bump: "minor",
    rules: ["error-status-removed"],
  },
  {
    name: "ranges of statuses removed for good",
    edit: (d) => {
      drop(at(d, ...list, "responses"), "4XX");
      drop(at(d, ...add, "responses"), "4XX");
    },
    // A range has no class that callers could name.
    bump: "minor",
    rules: ["error-status-removed"],
  },
  {
    name: "default response removed",
    edit: (d) => drop(at(d, ...add, "responses"), "default"),
    bump: "minor",
    rules: ["error-status-removed"],
  },
  {
    name: "statuses 404 removed for good",
    edit: (d) => {
      drop(at(d, ...one, "get", "responses"), "404");
      drop(at(d, ...one, "patch", "responses"), "404");
    },
    bump: "major",
    breaks: ["get_book: types", "change_book: types"],
  },
  {
    name: "status of a range said by itself",
    edit: (d) =>
      set(at(d, ...list, "responses"), "404", { $ref: "#/components/responses/Refusal" }),
    bump: "minor",
    breaks: ["list_books: strict-reader switch"],
  },
  {
    name: "status beyond all ranges",
    edit: (d) =>
      set(at(d, ...list, "responses"), "503", { $ref: "#/components/responses/Refusal" }),
    bump: "minor",
    breaks: ["list_books: strict-reader switch"],
  },
  {
    name: "received number of a header is a string",
    edit: (d) =>
      set(at(d, ...list, "responses", "200", "headers", "X-Left"), "schema", { type: "string" }),
    bump: "major",
    breaks: ["list_books: reader types"],
    witness: true,
  },
  {
    name: "limit of a received header dropped",
    edit: (d) => drop(at(d, ...list, "responses", "200", "headers", "X-Left", "schema"), "minimum"),
    bump: "minor",
    breaks: ["list_books: strict-reader"],
    witness: true,
  },
  {
    name: "table no longer received",
    edit: (d) => drop(at(d, ...shelf, "responses", "200", "content"), "text/csv"),
    bump: "major",
    breaks: ["get_shelf: reader"],
  },
  {
    name: "cursor no longer null",
    edit: (d) =>
      set(
        at(d, ...list, "responses", "200", "content", "application/json", "schema", "properties"),
        "cursor",
        { type: "string" },
      ),
    bump: "minor",
    rules: ["response-null-refused"],
  },
  // What the service sends by itself: callers receive requests, and send responses.
  {
    name: "parameter of a webhook added",
    edit: (d) =>
      at(d, ...hook, "parameters").push(
        json({ name: "X-Try", in: "header", required: true, schema: { type: "integer" } }),
      ),
    bump: "minor",
    rules: ["webhook-parameter-added"],
  },
  {
    name: "parameter of a webhook removed",
    edit: (d) => drop(at(d, ...hook), "parameters"),
    bump: "major",
    breaks: [`${webhook}: strict-reader types`],
  },
  {
    name: "parameter of a webhook made optional",
    edit: (d) => drop(at(d, ...hook, "parameters", 0), "required"),
    bump: "major",
    breaks: [`${webhook}: strict-reader types`],
  },
  {
    name: "body of a webhook optional",
    edit: (d) => drop(at(d, ...hook, "requestBody"), "required"),
    bump: "major",
    breaks: [`${webhook}: reader types`],
  },
  {
    name: "body of a webhook removed",
    edit: (d) => drop(at(d, ...hook), "requestBody"),
    bump: "major",
    breaks: [`${webhook}: reader types`],
  },
  {
    name: "response to a webhook no longer taken",
    edit: (d) => drop(at(d, ...hook, "responses"), "503"),
    bump: "major",
    breaks: [`${webhook}: sender`],
  },
  {
    name: "one more response to a webhook",
    edit: (d) => set(at(d, ...hook, "responses"), "202", { description: "Soon." }),
    bump: "minor",
    rules: ["webhook-status-added"],
  },
  {
    name: "property of a response to a callback required",
    edit: (d) =>
      at(d, ...back, "responses", "200", "content", "application/json", "schema", "required").push(
        json("tip"),
      ),
    bump: "major",
    breaks: [`${callback}: sender types`],
    witness: true,
  },
  {
    name: "timestamp of a callback optional",
    edit: (d) => drop(schema(d, "Return"), "required"),
    bump: "major",
    breaks: [`${callback}: reader types`],
    witness: true,
  },
  {
    name: "callback removed",
    edit: (d) => drop(at(d, ...lend), "callbacks"),
    bump: "major",
    breaks: [`${callback}: behaviour`],
  },
  {
    name: "operation with a callback renamed",
    edit: (d) => set(at(d, ...lend), "operationId", "borrow_book"),
    bump: "major",
    // The type of what the callback carries has its name too.
    breaks: ["lend_book: types", `${callback}: types`],
  },
];
