import type { Ajv2020 } from "ajv/dist/2020.js";
import type {
  AnswerCase,
  Api,
  Json,
  MediaBody,
  Method,
  Resource,
} from "../../scripts/model/api.js";
import { Node } from "../../scripts/spec/node.js";
import { toPointer } from "../../scripts/spec/problem.js";
import { validator } from "../codecs/validator.js";
import { seeded, ValueMaker } from "../codecs/values.js";
import { type AnyClient, loadClient } from "./client.js";
import { inputOf, NoInput } from "./inputs.js";

/** What came of calling the operations of a document. */
export interface Tried {
  /** Calls that were made and succeeded. */
  readonly calls: number;
  /** Calls that failed, each with its operation and the reason. */
  readonly failures: readonly string[];
  /** Calls for which no input, or no body of a response, was found that the document allows. */
  readonly untried: readonly string[];
}

/** A response that the stub gives next. */
interface Prepared {
  readonly status: number;
  readonly body: Blob | string | null;
  readonly mediaType?: string;
}

/**
 * Calls every operation of a document in every media type, with input made from its model, against a server that
 * answers with each declared success. An operation that always fails is worth less than one that is left out.
 */
export async function tryCalls(api: Api, document: Json): Promise<Tried> {
  let next: Prepared = { status: 204, body: null };
  let sent: string | undefined;
  const client = await loadClient(api, document, async (url) => {
    sent = url;
    const { status, body, mediaType } = next;
    const headers: HeadersInit = mediaType === undefined ? {} : { "content-type": mediaType };
    return new Response(body, { status, headers });
  });
  const made = new BodyMaker(document);
  const failures: string[] = [];
  const untried: string[] = [];
  let calls = 0;
  for (const resource of api.resources) {
    for (const method of resource.methods) {
      for (const { body, answer, status } of waysOf(method)) {
        const prepared = made.response(method, status, answer);
        const name = `${method.http.toUpperCase()} ${method.path} ${status}`;
        if (prepared === undefined) {
          untried.push(name);
          continue;
        }
        next = prepared;
        sent = undefined;
        try {
          await callOnce(client, api, resource, method, body, answer);
          if (sent === undefined) throw new Error("nothing was sent");
          if (/%7B|%7D|undefined|%5Bobject/i.test(new URL(sent).pathname))
            throw new Error(`sent ${sent}`);
          calls += 1;
        } catch (error) {
          if (error instanceof NoInput) {
            untried.push(`${name}: ${error.message}`);
            continue;
          }
          const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
          failures.push(`${name} (${resource.property}.${method.name}): ${words}`.slice(0, 400));
        }
      }
    }
  }
  return { calls, failures, untried };
}

/** One call: which body it sends, which it asks for, and the status that comes. */
interface Way {
  readonly body: MediaBody | undefined;
  readonly answer: MediaBody | undefined;
  readonly status: number | string;
}

/** Every body with the usual response, then every response with the usual body. */
function waysOf({ input, answer }: Method): Way[] {
  const bodies = input.body === undefined ? [undefined] : [input.body, ...input.body.others];
  const usual = answer.statuses.map((status) => ({
    status,
    answer: bodyAt(status, answer.body, answer.cases),
  }));
  const others = answer.others.flatMap((one) =>
    answer.statuses.map((status) => ({ status, answer: bodyAt(status, one, one.cases) })),
  );
  const [first] = bodies;
  return [
    ...bodies.flatMap((body) =>
      usual.slice(0, body === first ? undefined : 1).map((one) => ({ body, ...one })),
    ),
    ...others.map((one) => ({ body: first, ...one })),
  ];
}

function bodyAt(
  status: number | string,
  usual: MediaBody | undefined,
  cases: readonly AnswerCase[],
): MediaBody | undefined {
  const own = cases.find((one) => one.status === status);
  return own === undefined ? usual : own.body;
}

async function callOnce(
  client: AnyClient,
  api: Api,
  resource: Resource,
  method: Method,
  body: MediaBody | undefined,
  answer: MediaBody | undefined,
): Promise<void> {
  const { input, answer: declared } = method;
  const hasInput = input.typeName !== undefined || input.body !== undefined;
  const options = {
    ...(body !== input.body && { contentType: body?.mediaType }),
    ...(declared.others.some((one) => one === answer) && { accept: answer?.mediaType }),
  };
  const args = hasInput ? [inputOf(api, method, body), options] : [options];
  const value = await client[resource.property]?.[method.name]?.(...args);
  if (isIterable(value)) for await (const _ of value);
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    Symbol.asyncIterator in value &&
    !(value instanceof ReadableStream)
  );
}

/** Makes bodies that the document allows. */
class BodyMaker {
  readonly #root: Node;
  readonly #values: ValueMaker;
  readonly #ajv: Ajv2020;

  constructor(document: Json) {
    this.#root = new Node(document);
    this.#values = new ValueMaker(document, seeded(1));
    this.#ajv = validator(document);
  }

  /** A response of a status; `undefined` where no value was found that its schema accepts. */
  response(
    method: Method,
    declared: number | string,
    body: MediaBody | undefined,
  ): Prepared | undefined {
    const status = typeof declared === "number" ? declared : Number(declared[0]) * 100;
    if (body === undefined || method.http === "head") return { status, body: null };
    const mediaType = body.mediaType.includes("*") ? "application/json" : body.mediaType;
    switch (body.kind) {
      case "json":
      case "lines":
      case "events": {
        const value = this.#value(method, declared, body.mediaType);
        if (value === undefined) return undefined;
        const text = JSON.stringify(value);
        return { status, mediaType, body: body.kind === "events" ? `data: ${text}\n\n` : text };
      }
      case "binary":
        return { status, mediaType, body: new Blob(["bytes"]) };
      default:
        return { status, mediaType, body: "text" };
    }
  }

  #value({ path, http }: Method, status: number | string, mediaType: string): Json | undefined {
    const item = this.#root.get("paths")?.get(path)?.resolve();
    const responses = item?.get(http)?.get("responses");
    const key = responses
      ?.entries()
      .find(([one]) => one.toUpperCase() === String(status).toUpperCase());
    const response = (key?.[1] ?? responses?.get("default"))?.resolve();
    const media = response?.get("content")?.get(mediaType);
    const schema = media?.get("itemSchema") ?? media?.get("schema");
    // A body without a schema may be anything.
    if (schema === undefined) return "anything";
    const accepts = this.#ajv.getSchema(`document${encodeURI(toPointer(schema.at))}`);
    for (let tries = 0; tries < 30; tries += 1) {
      const value = this.#values.make(schema.value);
      if (accepts === undefined || accepts(value)) return value;
    }
    return undefined;
  }
}
