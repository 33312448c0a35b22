import { membersIn } from "../model/access.js";
import type { Answer, Api, Method, Property, Resource, Server, Shape } from "../model/api.js";
import { digitFacts, propertyFacts, ruleFacts } from "../print/doc.js";
import { markdown, quote } from "../print/escape.js";
import { exampleCall } from "../print/method-doc.js";
import type { OutputFile } from "../print/source.js";
import { ruledNames } from "../print/types.js";

/** Emits `API.md`, the reference of the client. */
export function emitReference(api: Api, notice: string): OutputFile {
  const lines = [
    `<!-- ${notice.replaceAll("--", "- -")} -->`,
    "",
    `# ${markdown(api.title)}`,
    "",
    `Version ${markdown(api.version)} of the contract.`,
    "",
    ...paragraphs(api.description),
    ...(api.servers.length === 0
      ? []
      : ["| server | description |", "| --- | --- |", ...api.servers.map(serverRow), ""]),
    ...api.resources.flatMap((resource) => resourceSection(api, resource)),
    "## Models",
    "",
    "Properties have their names in TypeScript. JSON has the names of the contract.",
    "",
    ...api.models.flatMap((model) => [
      `### ${model.name}`,
      "",
      ...paragraphs(model.description),
      ...(model.inputName !== undefined && model.answered && model.inputName !== model.name
        ? [`Type in requests: \`${model.inputName}\`.`, ""]
        : []),
      ...shapeLines(model.shape, model.inputName !== undefined),
    ]),
    ...webhookSection(api),
    ...errorSection(api),
    ...clientSection(api),
  ];
  return { path: "API.md", text: `${lines.join("\n").trimEnd()}\n` };
}

/** Lists the exports of `index.ts` that are not models or errors. */
function clientSection(api: Api): string[] {
  const types = api.resources.flatMap(({ property, className, methods }) => [
    [className, `The class of \`client.${property}\`.`],
    ...methods.flatMap(({ name, input, failureName, headersName }) => [
      ...(input.typeName === undefined
        ? []
        : [[input.typeName, `The input of \`${property}.${name}\`.`]]),
      [failureName, `The errors of \`${property}.${name}\`.`],
      ...(headersName === undefined
        ? []
        : [
            [
              headersName,
              `The headers that the contract declares for responses of \`${property}.${name}\`.`,
            ],
          ]),
    ]),
  ]);
  const rows = [
    ["Api", "The client, with a property for each resource."],
    ["createClient", "Creates a client."],
    ["ClientOptions", "The options of `createClient`."],
    ["AuthOptions", "The credentials of a client, by security scheme."],
    [
      "withResponse",
      "Waits for a call and returns its value with the status code and the headers.",
    ],
    ["WithResponse", "The result of `withResponse`."],
    ["ServerSentEvent", "An event of a `text/event-stream`."],
    ["FetchClient", "The raw client below `Api`: openapi-fetch, typed by the contract."],
    ["createFetchClient", "Creates a raw client."],
    ["defaultBaseUrl", "The base URL of the contract's first server."],
    ["baseUrls", "All base URLs of the contract."],
    ["ErrorCode", "The error codes that the contract lists."],
    ["errorCodes", "The status of each error code, and whether a retry may help."],
    ...types,
    ...api.models.flatMap((model) =>
      ruledNames(model).map((name) => [
        name,
        `A part of \`${model.inputName ?? model.name}\`, exported so that declaration files can name it.`,
      ]),
    ),
  ];
  const cells = rows.map(([name = "", text = ""]) => `| ${code(name)} | ${markdown(text)} |`);
  return ["## Other names", "", "| name | description |", "| --- | --- |", ...cells, ""];
}

function serverRow({ url, description, variables }: Server): string {
  const each = variables.map(
    ({ name, description: text }) => ` ${code(`{${name}}`)}: ${markdown(text)}`,
  );
  return `| ${code(url)} | ${markdown(description)}${each.join("")} |`;
}

function resourceSection(api: Api, resource: Resource): string[] {
  return [
    `## client.${resource.property}`,
    "",
    ...paragraphs(resource.description),
    ...resource.methods.flatMap((method) => methodSection(api, resource, method)),
  ];
}

function methodSection(api: Api, resource: Resource, method: Method): string[] {
  const { input, answer, failures, pagination, examples } = method;
  const shape = answer.body === undefined ? "no body" : shapeText(answer.body.shape);
  const body = input.body === undefined ? [] : [`Body: ${shapeText(sent(input.body.shape))}.`, ""];
  const example = examples.map((one) =>
    [
      ...(one.summary === "" ? [] : [markdown(one.summary), ""]),
      "```ts",
      `${answer.body === undefined ? "" : "const response = "}${exampleCall(api, resource, method, one)};`,
      "```",
      "",
    ].join("\n"),
  );
  return [
    `### ${resource.property}.${method.name}`,
    "",
    `\`${method.http.toUpperCase()} ${method.path}\`: ${markdown(method.summary)}`,
    "",
    ...paragraphs(method.description),
    ...propertyTable(input.parameters, true),
    ...body,
    `Success (${answer.statuses.join(", ")}): ${shape}.`,
    "",
    ...headerTable(answer),
    ...(pagination === undefined
      ? []
      : [
          `\`${resource.property}.${pagination.method}\` lists the items of all pages: ${shapeText(pagination.item)}. ` +
            "`for await` yields them one by one, `toArray()` collects them, `pages()` yields whole pages.",
          "",
          ...(pagination.lookup === undefined
            ? []
            : [
                `\`${resource.property}.${pagination.lookup.method}\` takes \`{ ${pagination.next} }\` and returns the item with this \`${pagination.next}\`, or \`undefined\`.`,
                "",
              ]),
        ]),
    ...example,
    ...(failures.length === 0 ? [] : ["| status | codes | meaning |", "| --- | --- | --- |"]),
    ...failures.map(
      ({ status, codes, description }) =>
        `| ${status} | ${codes.map(code).join(" ")} | ${markdown(description)} |`,
    ),
    "",
  ];
}

function headerTable({ headers }: Answer): string[] {
  if (headers.length === 0) return [];
  return [
    "`declaredHeaders` of `withResponse`:",
    "",
    "| name | header | type | meaning |",
    "| --- | --- | --- | --- |",
    ...headers.map((header) => {
      const facts = [header.description, ...propertyFacts(header)].map(markdown).join(" ").trim();
      return `| ${code(header.name)} | ${code(header.wireName)} | ${shapeText(header.shape)} | ${facts} |`;
    }),
    "",
  ];
}

function webhookSection(api: Api): string[] {
  if (api.incoming.length === 0) return [];
  const rows = api.incoming.map(({ kind, name, http, typeName, summary, description, shape }) => {
    const meaning = markdown([summary, description].filter((text) => text !== "").join(" "));
    return `| ${kind} ${code(name)} | ${http.toUpperCase()} | ${shapeText(shape)} | \`decode${typeName}\` | ${meaning} |`;
  });
  return [
    "## Webhooks",
    "",
    "Requests that the service sends to you. Parse the body as JSON and pass it to the decoder.",
    "",
    "| from | method | payload | decoder | meaning |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ];
}

function errorSection(api: Api): string[] {
  const { codes, statuses } = api.errors;
  const name = (status: number): string =>
    statuses.find((one) => one.status === status)?.className ?? "ApiError";
  const yes = (value: boolean): string => (value ? "yes" : "no");
  if (codes.length === 0) return [];
  return [
    "## Errors",
    "",
    "| status | class | code | retryable | nothing was applied | meaning |",
    "| --- | --- | --- | --- | --- | --- |",
    ...codes.map(
      (row) =>
        `| ${row.status} | \`${name(row.status)}\` | ${code(row.code)} | ${yes(row.retryable)} | ` +
        `${row.noSideEffects ? "yes" : "not certain"} | ${markdown(row.description)} |`,
    ),
    "",
  ];
}

/** A shape of a body without what callers do not send. */
function sent(shape: Shape): Shape {
  return shape.kind === "object"
    ? { ...shape, properties: membersIn("input", shape.properties) }
    : shape;
}

function shapeLines(shape: Shape, isSent: boolean): string[] {
  if (shape.kind === "object" && shape.properties.length > 0) {
    const rules = isSent ? ruleFacts(shape) : [];
    return [...propertyTable(shape.properties, isSent), ...rules.flatMap((fact) => [fact, ""])];
  }
  if (shape.kind !== "union") {
    return [[`${shapeText(shape)}.`, ...digitFacts(shape).map(markdown)].join(" "), ""];
  }
  return shape.branches
    .flatMap(({ shape: branch, description }) => [
      `- ${shapeText(branch)}${description === "" ? "" : `: ${markdown(description)}`}`,
    ])
    .concat("");
}

/** @param isSent - whether requests have these properties; if so, a column says which are required */
function propertyTable(properties: readonly Property[], isSent: boolean): string[] {
  if (properties.length === 0) return [];
  const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const head = ["name", "type", ...(isSent ? ["required to send"] : []), "meaning"];
  return [
    row(...head),
    row(...head.map(() => "---")),
    ...properties.map((property) => {
      const required = isSent ? [property.required ? "yes" : "no"] : [];
      const meaning = [markdown(property.description), ...propertyFacts(property).map(markdown)];
      const text = meaning.join(" ").trim();
      return row(code(property.name), shapeText(property.shape), ...required, text);
    }),
    "",
  ];
}

/** A short description of a shape, for a table cell. */
function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case "ref":
      return `[${shape.model}](#${shape.model.toLowerCase()})`;
    case "nullable":
      return `${shapeText(shape.shape)} or null`;
    case "array":
      return `array of ${shapeText(shape.items)}`;
    case "record":
      return `map of ${shapeText(shape.values)}`;
    case "tuple":
      return `tuple of ${shape.items.map(shapeText).join(", ")}`;
    case "dateTime":
      return "date-time";
    case "number":
      return shape.integer ? "integer" : "number";
    case "enum":
      return shape.values
        .map((value) => code(typeof value === "string" ? quote(value) : String(value)))
        .join(", ");
    case "object":
      return shape.properties.length === 0
        ? "empty object"
        : `object with ${shape.properties.map(({ name }) => code(name)).join(", ")}`;
    case "union":
      return `one of: ${shape.branches.map(({ shape: branch }) => shapeText(branch)).join("; ")}`;
    default:
      return shape.kind;
  }
}

function code(text: string): string {
  return `\`${markdown(text).replaceAll("`", "'")}\``;
}

function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((one) => markdown(one.trim()))
    .filter((one) => one !== "")
    .flatMap((one) => [one, ""]);
}
