import type { Api, Example, Failure, Lookup, Method, Pagination, Resource } from "../model/api.js";
import { doc, tag } from "./doc.js";
import { comment } from "./escape.js";
import { exampleArgument } from "./literal.js";

const wrongInput = "{TypeError} The input is not what the contract says; nothing was sent.";

/** The doc comment of a method. */
export function methodDoc(api: Api, resource: Resource, method: Method): string[] {
  const route = `Route: \`${method.http.toUpperCase()} ${method.path}\`.`;
  const others = method.answer.otherMediaTypes.map((type) => `\`${type}\``).join(", ");
  const raw =
    others === "" ? "" : `The operation also answers ${others}: ask for it with the raw client.`;
  const takesInput = method.input.typeName !== undefined || method.input.body !== undefined;
  const tags = [
    ...(takesInput ? [tag("param", `input - ${inputText(method)}`)] : []),
    tag("param", "options - signal, headers, retries and timeouts of this call"),
    ...(method.answer.shape === undefined || sentence(method.answer.description) === ""
      ? []
      : [tag("returns", sentence(method.answer.description))]),
    ...(takesInput ? [tag("throws", wrongInput)] : []),
    ...method.failures.map((failure) => throwsTag(api, failure)),
    tag("throws", "{ContractError} The answer is not what the contract says."),
    tag("throws", "{TransportError} No answer arrived."),
    tag("throws", "{TimeoutError} A limit of time was reached."),
    ...(method.deprecated ? ["@deprecated"] : []),
    ...exampleTag(api, resource, method, method.examples[0]),
  ];
  return doc([method.summary, same(method) ? "" : method.description, route, raw], tags);
}

/** The doc comment of the method that walks a listing. */
export function listAllDoc(resource: Resource, method: Method, pagination: Pagination): string[] {
  const path = `client.${resource.property}.${pagination.method}`;
  const limit =
    pagination.limit === undefined ? "" : ` \`${pagination.limit}\` is the size of a page.`;
  return doc(
    [
      `Walks all pages of {@link ${method.name}}: item by item, or with \`pages()\` page by page.`,
      `A page is fetched when it is asked for; one page is held at a time.${limit}`,
    ],
    [
      tag(
        "param",
        `input - as for \`${method.name}\`; \`${pagination.cursor}\` is where the walk starts`,
      ),
      tag("param", "options - signal, headers, retries and timeouts of each call of the walk"),
      tag(
        "throws",
        `What {@link ${method.name}} throws; ContractError for a listing that does not move on.`,
      ),
      `@example\n\`\`\`ts\nfor await (const item of ${path}()) console.log(item);\n\`\`\``,
    ],
  );
}

/** The doc comment of the method that looks one item up. */
export function lookupDoc(method: Method, { next }: Pagination, { filter }: Lookup): string[] {
  return doc(
    [
      `Looks one item up, by a call of {@link ${method.name}} with \`${filter}\` set to its \`${next}\`.`,
      `Only an exact match counts, not an item whose \`${next}\` merely starts like that.`,
    ],
    [
      tag("param", `${next} - \`${next}\` of the item`),
      tag("param", "options - signal, headers, retries and timeouts of this call"),
      tag("returns", "The item; `undefined` where there is none."),
      tag("throws", `What {@link ${method.name}} throws.`),
    ],
  );
}

/** The call that an example of the contract stands for, as TypeScript. */
export function exampleCall(
  api: Api,
  resource: Resource,
  method: Method,
  example: Example,
): string {
  const argument = exampleArgument(api, method, example);
  return `await client.${resource.property}.${method.name}(${argument})`;
}

function exampleTag(
  api: Api,
  resource: Resource,
  method: Method,
  example: Example | undefined,
): string[] {
  if (example === undefined) return [];
  const call = exampleCall(api, resource, method, example);
  const code = method.answer.shape === undefined ? call : `const answer = ${call}`;
  return [
    `@example${example.summary === "" ? "" : ` ${comment(example.summary)}`}\n\`\`\`ts\n${comment(code)};\n\`\`\``,
  ];
}

function throwsTag(api: Api, { status, description, codes }: Failure): string {
  const className =
    api.errors.statuses.find((one) => one.status === status)?.className ?? "ApiError";
  const listed = codes.length === 0 ? "" : ` ${codes.map((code) => `\`${code}\``).join(", ")}:`;
  return tag("throws", `{${className}} ${status}${listed} ${description}`);
}

function inputText({ input }: Method): string {
  const body = input.body?.placement === "input" ? input.body.description : "";
  return sentence(body) || "what to ask for; see its members";
}

function sentence(text: string): string {
  return text.split(/\n\s*\n/)[0]?.trim() ?? "";
}

function same({ summary, description }: Method): boolean {
  return summary.replace(/\.$/, "") === description.replace(/\.$/, "");
}
