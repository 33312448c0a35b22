import { tabs } from "./markdown.js";

/** The parts of a schema that the reference shows. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

interface Content {
  readonly schema?: Schema;
  readonly examples?: Readonly<
    Record<string, { readonly $ref?: string; readonly value?: unknown }>
  >;
}

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface Response {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, Content>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, Response>>;
  readonly "x-codeSamples": readonly { readonly lang: string; readonly source: string }[];
}

type Method = "get" | "post" | "put" | "patch" | "delete";

/** The parts of an OpenAPI document that the reference shows. */
export interface ReferenceDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Response>>;
    readonly examples: Readonly<Record<string, { readonly value?: unknown }>>;
  };
}

const methods: readonly Method[] = ["get", "post", "put", "patch", "delete"];

interface Placed {
  readonly method: Method;
  readonly path: string;
  readonly operation: Operation;
}

function operationsOf(document: ReferenceDocument): readonly Placed[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );
}

/** The code samples of each operation, as tabs. */
export function snippetTabs(document: ReferenceDocument): ReadonlyMap<string, string> {
  return new Map(
    operationsOf(document).map(({ operation }) => [
      operation.operationId,
      tabs(operation["x-codeSamples"]),
    ]),
  );
}

/** Renders the reference of an OpenAPI document as Markdown. */
export function reference(document: ReferenceDocument): string {
  const { info, components } = document;
  const operations = operationsOf(document).map((placed) => operationText(document, placed));
  const schemas = Object.entries(components.schemas).map(([name, schema]) =>
    [`### ${name}`, schema.description ?? "", schemaText(schema)].join("\n\n"),
  );
  return [
    `# ${info.title}: HTTP API`,
    `Version ${info.version} of the contract. The document: [openapi.json](openapi.json), [openapi.yaml](openapi.yaml).`,
    info.description,
    "## Operations",
    ...operations,
    "## Schemas",
    ...schemas,
  ].join("\n\n");
}

function operationText(document: ReferenceDocument, { method, path, operation }: Placed): string {
  const { components } = document;
  const parameters = (operation.parameters ?? []).map((one) =>
    resolve(one, components.parameters, "parameters"),
  );
  const body = operation.requestBody?.content["application/json"];
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    const { description = "", content } = resolve(response, components.responses, "responses");
    const schema = content?.["application/json"]?.schema;
    return [`\`${status}\``, schema === undefined ? "" : typeOf(schema), cell(description)];
  });
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  const successContent = success?.[1].content?.["application/json"];
  return [
    `### ${operation.summary.replace(/\.$/, "")}`,
    `\`${method.toUpperCase()} ${path}\``,
    operation.description,
    `<!-- snippets: ${operation.operationId} -->`,
    ...(parameters.length === 0
      ? []
      : [
          table(
            ["Parameter", "In", "Type", ""],
            parameters.map((one) => [
              `\`${one.name}\`${one.required === true ? " (required)" : ""}`,
              one.in ?? "",
              one.schema === undefined ? "" : typeOf(one.schema),
              cell([one.description ?? "", limits(one.schema ?? {})].join(" ")),
            ]),
          ),
        ]),
    ...(body?.schema === undefined ? [] : [`Request body: ${typeOf(body.schema)}`]),
    ...example(document, "Request", body),
    table(["Status", "Body", ""], responses),
    ...example(document, "Response", successContent),
  ].join("\n\n");
}

function example(
  document: ReferenceDocument,
  title: string,
  content: Content | undefined,
): readonly string[] {
  const [first] = Object.values(content?.examples ?? {});
  if (first === undefined) return [];
  const { value } = resolve(first, document.components.examples, "examples");
  return [`${title}, for example:`, `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``];
}

function schemaText(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    `\`${name}\`${schema.required?.includes(name) === true ? " (required)" : ""}`,
    typeOf(property),
    cell([property.description ?? "", limits(property)].join(" ")),
  ]);
  if (rows.length > 0) return table(["Property", "Type", ""], rows);
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(", ");
  const branches = schema.oneOf ?? schema.anyOf ?? [];
  return branches.length > 0
    ? branches.map((branch) => schemaText(branch)).join("\n\nor\n\n")
    : [typeOf(schema), limits(schema)].filter((part) => part !== "").join(". ");
}

/** The type of a schema for a table cell, with links to schemas on the page. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return `[${name}](#${name.toLowerCase()})`;
  }
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches !== undefined) return branches.map(typeOf).join(" or ");
  if (schema.items !== undefined) return `array of ${typeOf(schema.items)}`;
  const { type = "any" } = schema;
  const names = typeof type === "string" ? [type] : type;
  return names.join(" or ") + (schema.format === undefined ? "" : ` (${schema.format})`);
}

function limits(schema: Schema): string {
  const facts: readonly (readonly [string, unknown])[] = [
    ["Default", schema.default],
    ["Shortest", schema.minLength],
    ["Longest", schema.maxLength],
    ["Least", schema.minimum],
    ["Most", schema.maximum ?? schema.maxItems],
  ];
  return facts
    .flatMap(([title, value]) =>
      value === undefined ? [] : [`${title}: \`${JSON.stringify(value)}\`.`],
    )
    .join(" ");
}

function resolve<T extends { readonly $ref?: string }>(
  value: T,
  among: Readonly<Record<string, Omit<T, "$ref">>>,
  kind: string,
): Omit<T, "$ref"> {
  if (value.$ref === undefined) return value;
  const found = among[value.$ref.replace(`#/components/${kind}/`, "")];
  if (found === undefined) throw new Error(`${value.$ref}: the document does not have this`);
  return found;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** Puts text in one line, for a table cell. */
function cell(text: string): string {
  return text
    .trim()
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|");
}
