import type { Json } from "../../scripts/model/api.js";

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): Json => ({ "application/json": { schema } });
const refusal: Json = { $ref: "#/components/responses/Refusal" };
const text: Json = { type: "string" };

/**
 * A contract of rarely used parts: ranges of statuses, forms with files, callbacks, webhooks with parameters, servers
 * of a path, patches, unions without a discriminator's mapping, maps of recursive values, conditions between properties.
 */
export const library: Json = {
  openapi: "3.1.0",
  info: { title: "Library", version: "1.4.0" },
  servers: [
    {
      url: "https://{branch}.library.example:{port}/v2",
      variables: { branch: { default: "main", enum: ["main", "east"] }, port: { default: "443" } },
    },
    { url: "https://test.library.example/v2" },
  ],
  security: [{ card: [] }, { session: [] }],
  tags: [{ name: "books" }, { name: "loans" }],
  paths: {
    "/books": {
      get: {
        operationId: "list_books",
        tags: ["books"],
        parameters: [
          { name: "genre", in: "query", schema: { type: "array", items: ref("Genre") } },
          { name: "sort", in: "query", schema: { type: "string", enum: ["title", "year"] } },
          {
            name: "filter",
            in: "query",
            style: "deepObject",
            explode: true,
            schema: { type: "object", properties: { year: { type: "integer" }, author: text } },
          },
          { name: "X-Request-Id", in: "header", schema: { type: "string", format: "uuid" } },
          { name: "lang", in: "cookie", schema: { type: "string", default: "en" } },
          { name: "page", in: "query", schema: { type: "integer", minimum: 0, default: 0 } },
        ],
        responses: {
          "200": {
            description: "Books.",
            headers: {
              "X-Left": { required: true, schema: { type: "integer", minimum: 0 } },
              Vary: { schema: { type: "array", items: text } },
            },
            content: json({
              type: "object",
              required: ["books"],
              properties: {
                books: { type: "array", items: ref("Book") },
                cursor: { type: ["string", "null"] },
              },
            }),
          },
          "304": { description: "Nothing new." },
          "4XX": refusal,
        },
      },
      post: {
        operationId: "add_book",
        tags: ["books"],
        security: [{ staff: ["books:write"] }],
        requestBody: {
          required: true,
          content: {
            "application/json": { schema: ref("BookInput") },
            "multipart/form-data": {
              schema: {
                type: "object",
                required: ["cover"],
                properties: { cover: { type: "string", format: "binary" }, note: text },
              },
              encoding: { cover: { contentType: "image/png" } },
            },
          },
        },
        responses: {
          "201": { description: "The book.", content: json(ref("Book")) },
          "202": {
            description: "Later.",
            content: json({ type: "object", required: ["job"], properties: { job: text } }),
          },
          "4XX": refusal,
          default: refusal,
        },
      },
    },
    "/books/{isbn}": {
      parameters: [
        {
          name: "isbn",
          in: "path",
          required: true,
          schema: { type: "string", pattern: "^[0-9]+$" },
        },
      ],
      get: {
        operationId: "get_book",
        tags: ["books"],
        responses: { "200": { description: "It.", content: json(ref("Book")) }, "404": refusal },
      },
      patch: {
        operationId: "change_book",
        tags: ["books"],
        requestBody: { content: { "application/merge-patch+json": { schema: ref("BookPatch") } } },
        responses: { "200": { description: "It.", content: json(ref("Book")) }, "404": refusal },
      },
      delete: {
        operationId: "drop_book",
        tags: ["books"],
        security: [],
        responses: { "204": { description: "Gone." } },
      },
    },
    "/books/{isbn}/loans": {
      servers: [{ url: "https://loans.library.example" }],
      parameters: [{ name: "isbn", in: "path", required: true, schema: text }],
      post: {
        operationId: "lend_book",
        tags: ["loans"],
        requestBody: { required: true, content: json(ref("Loan")) },
        responses: { "201": { description: "Lent.", content: json(ref("Loan")) } },
        callbacks: {
          returned: {
            "{$request.body#/notify}": {
              post: {
                requestBody: { required: true, content: json(ref("Return")) },
                responses: {
                  "200": {
                    description: "Seen.",
                    content: json({
                      type: "object",
                      required: ["shelf"],
                      properties: { shelf: text, tip: text },
                    }),
                  },
                  "410": { description: "Not mine." },
                },
              },
            },
          },
        },
      },
    },
    "/shelves/{place}": {
      get: {
        operationId: "get_shelf",
        tags: ["books"],
        parameters: [
          {
            name: "place",
            in: "path",
            required: true,
            schema: { type: "array", items: { type: "integer" }, minItems: 1 },
          },
        ],
        responses: {
          "200": {
            description: "It.",
            content: {
              "application/json": { schema: ref("Section") },
              "text/csv": { schema: text },
            },
          },
        },
      },
    },
  },
  webhooks: {
    book_added: {
      post: {
        parameters: [
          { name: "X-Signature", in: "header", required: true, schema: { type: "string" } },
        ],
        requestBody: { required: true, content: json(ref("Book")) },
        responses: { "204": { description: "Taken." }, "503": { description: "Later." } },
      },
    },
  },
  components: {
    securitySchemes: {
      card: { type: "http", scheme: "bearer" },
      session: { type: "apiKey", in: "cookie", name: "sid" },
      staff: {
        type: "oauth2",
        flows: {
          authorizationCode: {
            authorizationUrl: "https://id.library.example/authorize",
            tokenUrl: "https://id.library.example/token",
            scopes: { "books:write": "Change books.", "books:read": "Read books." },
          },
        },
      },
    },
    responses: { Refusal: { description: "No.", content: json(ref("Refusal")) } },
    schemas: {
      Refusal: {
        type: "object",
        required: ["reason"],
        properties: { reason: text, details: { type: "object", additionalProperties: text } },
      },
      Genre: { type: "string", enum: ["novel", "poetry", "drama"] },
      Thing: {
        type: "object",
        required: ["id", "made"],
        properties: {
          id: { type: "string", format: "uuid", readOnly: true },
          made: { type: "string", format: "date" },
        },
      },
      Book: {
        allOf: [
          ref("Thing"),
          {
            type: "object",
            required: ["title", "media"],
            properties: {
              title: { type: "string", minLength: 1, maxLength: 200 },
              genre: { oneOf: [ref("Genre"), { type: "null" }] },
              media: ref("Media"),
              pages: { type: "integer", format: "int32", minimum: 1 },
              price: { type: "number", multipleOf: 0.01 },
              cover: { type: "string", contentEncoding: "base64" },
              site: { type: "string", format: "uri" },
              authors: { type: "array", minItems: 1, uniqueItems: true, items: text },
              sizes: {
                type: "array",
                prefixItems: [{ type: "integer" }, { type: "integer" }],
                items: false,
              },
              state: { const: "here" },
              extra: { type: "object", additionalProperties: { type: "integer" } },
              edition: { type: ["integer", "string"] },
              sequel: ref("Book"),
            },
          },
        ],
      },
      BookInput: {
        type: "object",
        required: ["title", "made"],
        properties: {
          title: { type: "string", minLength: 1, maxLength: 200 },
          made: { type: "string", format: "date" },
          genre: { oneOf: [ref("Genre"), { type: "null" }] },
          pages: { type: "integer", minimum: 1, maximum: 9999 },
          price: { type: "number", exclusiveMinimum: 0, multipleOf: 0.01 },
          code: { type: "string", not: { enum: ["none"] } },
          kind: { const: "book" },
          secret: { type: "string", writeOnly: true },
          authors: { type: "array", items: text },
          sizes: { type: "array", prefixItems: [{ type: "integer" }, { type: "integer" }] },
          extra: {
            type: "object",
            additionalProperties: { type: "integer" },
            minProperties: 1,
            propertyNames: { maxLength: 10 },
          },
          media: ref("MediaInput"),
          related: { type: "object", additionalProperties: ref("BookInput") },
          options: {
            type: "object",
            additionalProperties: false,
            properties: { loud: { type: "boolean", default: false }, level: { type: "integer" } },
          },
        },
        dependentRequired: { price: ["pages", "title"] },
      },
      BookPatch: {
        type: "object",
        minProperties: 1,
        properties: {
          title: { type: ["string", "null"], maxLength: 200 },
          genre: { enum: ["novel", "poetry", null] },
        },
      },
      Paper: {
        type: "object",
        required: ["type", "weight"],
        properties: { type: text, weight: { type: "integer" } },
      },
      File: {
        type: "object",
        required: ["type", "bytes"],
        properties: { type: text, bytes: { type: "integer" } },
      },
      Media: { oneOf: [ref("Paper"), ref("File")], discriminator: { propertyName: "type" } },
      MediaInput: { anyOf: [text, { type: "integer" }, ref("Paper")] },
      Loan: {
        type: "object",
        required: ["days"],
        properties: {
          days: { type: "integer", minimum: 1, maximum: 30, default: 14 },
          until: { type: "string", format: "date-time", readOnly: true },
          notify: { type: "string", format: "uri" },
          note: { type: "string", pattern: "^[^<]*$" },
        },
      },
      Return: {
        type: "object",
        required: ["at"],
        properties: { at: { type: "string", format: "date-time" }, state: ref("Genre") },
      },
      Section: {
        type: "object",
        required: ["name"],
        properties: {
          name: text,
          parts: { type: "object", additionalProperties: ref("Section") },
          books: { type: "array", items: { anyOf: [ref("Book"), ref("Section")] } },
        },
      },
    },
  },
};
