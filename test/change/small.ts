import type { Json } from "../../scripts/model/api.js";

/** A document that edits change; members are looked up by name. */
// The value of a member is JSON of any shape: an edit knows what it edits.
export type Editable = { [key: string]: Editable } & Editable[];

/** A small contract with something of everything. */
export const small: Json = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1.0.0" },
  servers: [{ url: "https://pets.example/v1" }, { url: "https://old.pets.example/v1" }],
  security: [{ key: [] }],
  tags: [{ name: "pets", description: "Animals." }],
  paths: {
    "/pets": {
      get: {
        operationId: "list_pets",
        tags: ["pets"],
        summary: "List pets.",
        parameters: [
          {
            name: "limit",
            in: "query",
            schema: { type: "integer", minimum: 1, maximum: 100, default: 20 },
          },
          { name: "kind", in: "query", schema: { $ref: "#/components/schemas/Kind" } },
          { name: "X-Trace", in: "header", required: false, schema: { type: "string" } },
        ],
        responses: {
          "200": {
            description: "Pets.",
            headers: {
              "X-Total": { required: true, schema: { type: "integer" } },
              "X-Next": { schema: { type: "string" } },
            },
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["pets"],
                  properties: {
                    pets: {
                      type: "array",
                      maxItems: 100,
                      items: { $ref: "#/components/schemas/Pet" },
                    },
                  },
                },
              },
            },
          },
          "400": { $ref: "#/components/responses/Bad" },
        },
      },
      post: {
        operationId: "create_pet",
        tags: ["pets"],
        summary: "Create a pet.",
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/NewPet" } } },
        },
        responses: {
          "201": {
            description: "The pet.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
          "400": { $ref: "#/components/responses/Bad" },
          "409": {
            description: "The name is taken.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
          },
        },
      },
    },
    "/pets/{id}": {
      get: {
        operationId: "get_pet",
        tags: ["pets"],
        summary: "Get a pet.",
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string", maxLength: 36 } },
        ],
        responses: {
          "200": {
            description: "The pet.",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
          "400": { $ref: "#/components/responses/Bad" },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      token: { type: "http", scheme: "bearer" },
    },
    responses: {
      Bad: {
        description: "Wrong input.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
    schemas: {
      Kind: { type: "string", enum: ["cat", "dog"] },
      Problem: { type: "object", required: ["code"], properties: { code: { type: "string" } } },
      Status: { type: "string", enum: ["here", "away"] },
      NewPet: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string", minLength: 1, maxLength: 40, pattern: "^[a-z]+$" },
          kind: { $ref: "#/components/schemas/Kind" },
          note: { type: ["string", "null"] },
          weight: { type: "number", minimum: 0 },
          born: { type: "string", format: "date-time" },
          chip: { type: "integer" },
          vaccinated: { type: "boolean", default: false },
          toys: { type: "array", maxItems: 5, items: { type: "string" } },
          home: { $ref: "#/components/schemas/Home" },
          labels: { type: "object", additionalProperties: { type: "string" } },
        },
      },
      Home: {
        oneOf: [
          {
            type: "object",
            title: "cage",
            required: ["cage"],
            properties: { cage: { type: "string" } },
          },
          {
            type: "object",
            title: "yard",
            required: ["yard"],
            properties: { yard: { type: "string" } },
          },
        ],
      },
      Pet: {
        type: "object",
        required: ["id", "name", "status"],
        properties: {
          id: { type: "string", maxLength: 36 },
          name: { type: "string" },
          status: { $ref: "#/components/schemas/Status" },
          age: { type: "integer", minimum: 0, maximum: 200 },
          born: { type: "string", format: "date-time" },
          spot: { $ref: "#/components/schemas/Spot" },
          parents: { type: "array", items: { $ref: "#/components/schemas/Pet" } },
        },
      },
      Spot: {
        oneOf: [
          {
            type: "object",
            title: "room",
            required: ["room"],
            properties: { room: { type: "string" } },
          },
          {
            type: "object",
            title: "field",
            required: ["field"],
            properties: { field: { type: "string" } },
          },
        ],
      },
    },
  },
};
