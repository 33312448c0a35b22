import type { Json } from "../../scripts/model/api.js";

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const body = (schema: Json): Json => ({ "application/json": { schema } });
const answer = (name: string): Json => ({ description: "Done.", content: body(ref(name)) });
const problem: Json = { $ref: "#/components/responses/Problem" };
const orderId: Json = {
  name: "order_id",
  in: "path",
  required: true,
  schema: { type: "string", pattern: "^[a-z0-9]+$" },
};

/** A larger contract, for what the small one has no place for: discriminators, recursion, forms, cookies, webhooks. */
export const shop: Json = {
  openapi: "3.1.0",
  info: { title: "Shop", version: "2.0.0" },
  servers: [
    {
      url: "https://{region}.shop.example/v1",
      variables: { region: { default: "eu", enum: ["eu", "us"] } },
    },
  ],
  security: [{ key: [] }],
  tags: [{ name: "orders" }, { name: "catalog" }],
  paths: {
    "/orders": {
      get: {
        operationId: "list_orders",
        tags: ["orders"],
        parameters: [
          { name: "X-Tenant", in: "header", required: true, schema: { type: "string" } },
          { name: "session", in: "cookie", schema: { type: "string" } },
          { name: "limit", in: "query", schema: { type: "integer", minimum: 1, default: 20 } },
          { name: "since", in: "query", schema: { type: "string", format: "date-time" } },
          {
            name: "status",
            in: "query",
            explode: false,
            schema: { type: "array", items: { type: "string", enum: ["open", "paid", "sent"] } },
          },
          {
            name: "range",
            in: "query",
            style: "deepObject",
            explode: true,
            schema: {
              type: "object",
              properties: { from: { type: "string" }, to: { type: "string" } },
            },
          },
        ],
        responses: {
          "200": {
            description: "A page.",
            headers: {
              "X-Total": { schema: { type: "integer" } },
              ETag: { required: true, schema: { type: "string" } },
            },
            content: body({
              type: "object",
              required: ["orders"],
              properties: {
                orders: { type: "array", items: ref("Order") },
                next: { type: ["string", "null"] },
              },
            }),
          },
          default: problem,
        },
      },
      post: {
        operationId: "create_order",
        tags: ["orders"],
        requestBody: {
          required: true,
          content: {
            "application/json": { schema: ref("OrderInput") },
            "application/x-www-form-urlencoded": { schema: ref("OrderInput") },
          },
        },
        responses: { "201": answer("Order"), "422": problem, default: problem },
      },
    },
    "/orders/{order_id}": {
      parameters: [orderId],
      get: {
        operationId: "get_order",
        tags: ["orders"],
        responses: { "200": answer("Order"), default: problem },
      },
      delete: {
        operationId: "delete_order",
        tags: ["orders"],
        security: [{ login: ["orders:write"] }],
        responses: { "204": { description: "Gone." }, default: problem },
      },
    },
    "/search": {
      post: {
        operationId: "search_catalog",
        tags: ["catalog"],
        requestBody: { content: body(ref("Filter")) },
        responses: {
          "200": {
            description: "A tree.",
            content: { "application/json": { schema: ref("Category") }, "text/csv": {} },
          },
        },
      },
    },
  },
  webhooks: {
    order_paid: {
      post: {
        requestBody: { required: true, content: body(ref("Notice")) },
        responses: { "204": { description: "Taken." } },
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      login: {
        type: "oauth2",
        flows: {
          clientCredentials: {
            tokenUrl: "https://login.shop.example/token",
            scopes: { "orders:write": "Change orders.", admin: "Everything." },
          },
        },
      },
    },
    responses: {
      Problem: { description: "Refused.", content: body(ref("Problem")) },
    },
    schemas: {
      Problem: {
        type: "object",
        required: ["code"],
        properties: { code: { type: "string" }, detail: { type: "string" } },
      },
      Notice: {
        type: "object",
        required: ["order", "kind"],
        properties: {
          order: { type: "string" },
          kind: { type: "string", enum: ["paid", "refunded"] },
          at: { type: "string", format: "date-time" },
        },
      },
      Currency: { type: "string", enum: ["EUR", "USD"] },
      Money: {
        type: "object",
        required: ["amount", "currency"],
        properties: { amount: { type: "integer", minimum: 0 }, currency: ref("Currency") },
      },
      Address: {
        type: "object",
        additionalProperties: false,
        required: ["street"],
        properties: {
          street: { type: "string", minLength: 1, maxLength: 80 },
          city: { type: "string" },
          country: { type: "string", pattern: "^[A-Z]{2}$" },
        },
      },
      Card: {
        type: "object",
        required: ["method", "last4"],
        properties: { method: { const: "card" }, last4: { type: "string" } },
      },
      Bank: {
        type: "object",
        required: ["method", "iban"],
        properties: { method: { const: "bank" }, iban: { type: "string" } },
      },
      Voucher: {
        type: "object",
        required: ["method", "number"],
        properties: { method: { const: "voucher" }, number: { type: "string" } },
      },
      Payment: {
        oneOf: [ref("Card"), ref("Bank")],
        discriminator: { propertyName: "method" },
      },
      Courier: {
        type: "object",
        required: ["kind", "speed"],
        properties: { kind: { type: "string" }, speed: { type: "integer" } },
      },
      Pickup: {
        type: "object",
        required: ["kind", "store"],
        properties: { kind: { type: "string" }, store: { type: "string" } },
      },
      Delivery: {
        oneOf: [ref("Courier"), ref("Pickup")],
        discriminator: {
          propertyName: "kind",
          mapping: {
            courier: "#/components/schemas/Courier",
            pickup: "#/components/schemas/Pickup",
          },
        },
      },
      Item: {
        type: "object",
        required: ["sku", "quantity"],
        properties: {
          sku: { type: "string" },
          quantity: { type: "integer", minimum: 1, maximum: 99, format: "int64" },
          gift: { type: "boolean", default: false },
          options: { type: "object", additionalProperties: { type: "string" } },
          position: { type: "integer", readOnly: true },
        },
      },
      OrderInput: {
        type: "object",
        required: ["items"],
        properties: {
          items: { type: "array", minItems: 1, maxItems: 50, items: ref("Item") },
          ship_to: ref("Address"),
          payment: ref("Payment"),
          delivery: ref("Delivery"),
          tip: { anyOf: [ref("Money"), { type: "null" }] },
          comment: { type: ["string", "null"], maxLength: 200 },
          token: { type: "string", writeOnly: true },
          corner: {
            type: "array",
            prefixItems: [{ type: "number" }, { type: "number" }],
            maxItems: 2,
          },
          contact: {
            anyOf: [
              { type: "object", required: ["email"], properties: { email: { type: "string" } } },
              { type: "object", required: ["phone"], properties: { phone: { type: "string" } } },
            ],
          },
        },
      },
      Entity: {
        type: "object",
        required: ["id", "created_at"],
        properties: {
          id: { type: "string", readOnly: true },
          created_at: { type: "string", format: "date-time" },
        },
      },
      Order: {
        allOf: [
          ref("Entity"),
          {
            type: "object",
            required: ["status", "items", "total"],
            properties: {
              status: { type: "string", enum: ["open", "paid", "sent"] },
              items: { type: "array", items: ref("Item") },
              total: ref("Money"),
              ship_to: ref("Address"),
              payment: ref("Payment"),
              delivery: ref("Delivery"),
              note: { type: ["string", "null"] },
              tracking: { type: "string", format: "uri" },
              discount: { type: "number", minimum: 0, maximum: 1 },
              labels: { type: "array", uniqueItems: true, items: { type: "string" } },
              meta: { type: "object", additionalProperties: true },
              counts: { type: "object", additionalProperties: { type: "integer" } },
              history: { type: "array", items: ref("Event") },
            },
          },
        ],
      },
      Event: {
        oneOf: [
          {
            title: "Placed",
            type: "object",
            required: ["placed_at"],
            properties: { placed_at: { type: "string" } },
          },
          {
            title: "Sent",
            type: "object",
            required: ["sent_at"],
            properties: { sent_at: { type: "string" } },
          },
        ],
      },
      Filter: {
        type: "object",
        properties: {
          field: { type: "string" },
          op: { type: "string", enum: ["eq", "gt", "lt"] },
          value: {},
          all: { type: "array", items: ref("Filter") },
        },
      },
      Category: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string" },
          parent: { anyOf: [ref("Category"), { type: "null" }] },
          children: { type: "array", items: ref("Category") },
        },
      },
    },
  },
};
