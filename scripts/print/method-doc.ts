import type { Api, Example, Failure, Lookup, Method, Pagination, Resource } from "../model/api.js";
import { bullet, doc, tag } from "./doc.js";
import { comment } from "./escape.js";
import { exampleArgument } from "./literal.js";

/**
 * Maximum number of lines in the doc comment of a method. Editors show the comment below the signature, in a popup of
 * about 25 lines, and few readers scroll. API.md has the full text.
 */
const longestComment = 22;

const options = tag(
  "param",
  "options - Signal, headers, retry and timeouts of this call. They override the client's.",
);

/** The doc comment of a method. */
export function methodDoc(api: Api, resource: Resource, method: Method): string[] {
  const route = `\`${method.http.toUpperCase()} ${method.path}\``;
  const takesInput = method.input.typeName !== undefined || method.input.body !== undefined;
  const tags = [
    ...(takesInput ? [tag("param", `input - ${inputText(method)}`)] : []),
    options,
    ...(method.answer.body === undefined || sentence(method.answer.description) === ""
      ? []
      : [tag("returns", sentence(method.answer.description))]),
    ...(takesInput ? [tag("throws", "{TypeError} The input is invalid. Nothing was sent.")] : []),
    tag("throws", `{${method.failureName}} The call failed. The type lists each status.`),
    ...(method.deprecated ? ["@deprecated"] : []),
  ];
  const [first = "", ...rest] = paragraphsOf(method);
  const last = [route];
  const [preferred, shortest = preferred] = examplesOf(api, resource, method);
  const whole = [first, ...rest, ...last];
  if (preferred !== undefined && fits(whole, [...tags, preferred])) {
    return doc(whole, [...tags, preferred]);
  }
  const isShort = shortest !== undefined && fits([first, ...last], [...tags, shortest]);
  const all = isShort ? [...tags, shortest] : tags;
  const more = `More in API.md, \`${resource.property}.${method.name}\`.`;
  for (let count = rest.length; count > 0; count -= 1) {
    const end = count === rest.length ? [] : [more];
    const text = [first, ...rest.slice(0, count), ...end, ...last];
    if (fits(text, all)) return doc(text, all);
  }
  return doc([first, ...(rest.length === 0 ? [] : [more]), ...last], all);
}

/** The doc comment of the failure type of a method: each status with its codes and its meaning. */
export function failureDoc(api: Api, resource: Resource, method: Method): string[] {
  const rows = method.failures.map(({ status, codes, description }) => {
    const listed = codes.length === 0 ? "" : ` ${codes.map((code) => `\`${code}\``).join(", ")}`;
    return bullet(`\`${errorName(api, status)}\`: ${status}${listed}. ${sentence(description)}`);
  });
  return doc([
    `The errors of \`${resource.property}.${method.name}\`.`,
    rows.join("\n"),
    "`CallFailure`: no response, a timeout, a response that violates the contract, or a code that it does not list.",
  ]);
}

/** The doc comment of the method that lists all pages. */
export function listAllDoc(resource: Resource, method: Method, pagination: Pagination): string[] {
  const path = `client.${resource.property}.${pagination.method}`;
  const limit =
    pagination.limit === undefined ? "" : ` \`${pagination.limit}\` is the size of a page.`;
  return doc(
    [
      `Lists the items of all pages. \`for await\` yields them one by one, \`toArray()\` collects them, \`pages()\` yields whole pages.`,
      `Each page is one call of \`${method.name}\`, made when the loop reaches it.${limit}`,
    ],
    [
      tag(
        "param",
        `input - The input of \`${method.name}\`. The listing starts after \`${pagination.cursor}\`.`,
      ),
      tag("param", "options - Signal, headers, retry and timeouts of each call."),
      tag(
        "throws",
        `{${method.failureName}} A call failed, or the server sent the same page again. The loop throws it, not this method.`,
      ),
      `@example\n\`\`\`ts\nfor await (const item of ${path}()) console.log(item);\nconst items = await ${path}().toArray();\n\`\`\``,
    ],
  );
}

/** The doc comment of the method that gets one item. */
export function lookupDoc(method: Method, { next }: Pagination, { filter }: Lookup): string[] {
  return doc(
    [
      `Gets the item with this \`${next}\`, or \`undefined\`.`,
      `It calls \`${method.name}\` with \`${filter}\` set to the \`${next}\`, and ignores an item whose \`${next}\` only starts with it.`,
    ],
    [
      tag("param", `input - The \`${next}\` of the item.`),
      options,
      tag("returns", `The item, or \`undefined\` if there is none.`),
      tag("throws", `{TypeError} The \`${next}\` is invalid. Nothing was sent.`),
      tag("throws", `{${method.failureName}} The call failed. The type lists each status.`),
    ],
  );
}

/** An example of the contract, printed as a TypeScript call. */
export function exampleCall(
  api: Api,
  resource: Resource,
  method: Method,
  example: Example,
): string {
  const argument = exampleArgument(api, method, example);
  return `await client.${resource.property}.${method.name}(${argument})`;
}

function exampleTag(api: Api, resource: Resource, method: Method, example: Example): string {
  const call = exampleCall(api, resource, method, example);
  const code = method.answer.body === undefined ? call : `const response = ${call}`;
  return `@example${example.summary === "" ? "" : ` ${comment(example.summary)}`}\n\`\`\`ts\n${comment(code)};\n\`\`\``;
}

/** The contract's first example, and the shortest one. */
function examplesOf(api: Api, resource: Resource, method: Method): string[] {
  const texts = method.examples.map((one) => exampleTag(api, resource, method, one));
  return [...texts.slice(0, 1), ...texts.toSorted((a, b) => lines(a) - lines(b)).slice(0, 1)];
}

/** Summary and description. The summary is left out if the description repeats it. */
function paragraphsOf({ summary, description }: Method): string[] {
  const paragraphs = description.split(/\n\s*\n/).filter((one) => one.trim() !== "");
  return [...(repeats(summary, paragraphs[0] ?? "") ? [] : [summary]), ...paragraphs].filter(
    (one) => one.trim() !== "",
  );
}

/** Whether each summary word of 4 or more letters starts a word of the text: "List tokens." and "Lists tokens by id." */
function repeats(summary: string, text: string): boolean {
  const words = (from: string): string[] => from.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  const said = words(text);
  return (
    said.length > 0 && words(summary).every((word) => said.some((one) => one.startsWith(word)))
  );
}

function fits(paragraphs: readonly string[], tags: readonly string[]): boolean {
  return doc(paragraphs, tags).every((text) => lines(text.trim()) <= longestComment);
}

function lines(text: string): number {
  return text.split("\n").length;
}

function errorName(api: Api, status: Failure["status"]): string {
  return api.errors.statuses.find((one) => one.status === status)?.className ?? "ApiError";
}

function inputText({ input }: Method): string {
  const body = input.body?.placement === "input" ? input.body.description : "";
  return sentence(body) || "See its properties.";
}

function sentence(text: string): string {
  return text.split(/\n\s*\n/)[0]?.trim() ?? "";
}
