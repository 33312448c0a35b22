import type { Method, Pagination } from "../../../scripts/model/api.js";
import type { S2 } from "../../../src/index.js";
import { invalidValues } from "../cases/invalid-values.js";
import { sampleOf } from "../cases/sample.js";
import { locate } from "../cases/schema.js";
import { nameOf, wireOf } from "../cases/value-case.js";
import type { ClientCall } from "../client-calls.js";
import { isJsonObject, type Json, type JsonObject, valueAt } from "../read-document.js";
import type { Check, Subject } from "./check.js";
import { claim, same } from "./claim.js";
import { connect } from "./client.js";
import { answerOf } from "./success.js";

/** A listing of the contract, and how the client walks it. */
export interface Listing {
  readonly document: JsonObject;
  readonly property: string;
  readonly call: ClientCall;
  readonly method: Method;
  readonly pagination: Pagination;
}

/** What the client makes of pages: it walks them, and looks one item up. */
export function pageChecks(listing: Listing): readonly Check[] {
  const { property, call, pagination } = listing;
  const { operation } = call;
  const name = `${property}.${pagination.method}`;
  const wire = wireNames(listing);
  const pages = [
    pageOf(listing, ["b1", "b2"], true),
    pageOf(listing, ["b3"], true),
    pageOf(listing, ["b4"], false),
  ];
  const walked = async (
    subject: Subject,
    input: object,
    sent: readonly Json[] = pages,
  ): Promise<{ readonly keys: readonly unknown[]; readonly asked: readonly Request[] }> => {
    const asked: Request[] = [];
    const client = connect(await subject.client(), async (request) => {
      asked.push(request);
      return answerOf(operation, sent[asked.length - 1] ?? pageOf(listing, [], false));
    });
    const keys: unknown[] = [];
    const walk = method(client, property, pagination.method)(input);
    for await (const item of walk as AsyncIterable<object>) {
      keys.push(Reflect.get(item, pagination.next));
    }
    return { keys, asked };
  };
  const walkCheck: Check = {
    suite: "client extensions",
    name: `${name} walks all pages, each after the last item of the one before`,
    touches: [{ operationId: operation.operationId }],
    run: async (subject) => {
      const { limit } = pagination;
      const given = { [pagination.cursor]: "a", ...(limit !== undefined && { [limit]: 2 }) };
      const { keys, asked } = await walked(subject, given);
      same(keys, ["b1", "b2", "b3", "b4"], "items");
      const queries = asked.map(({ url }) => new URL(url).searchParams);
      const cursors = queries.map((query) => query.get(wire.cursor));
      same(cursors, ["a", "b2", "b3"], "cursors");
      if (wire.limit === undefined) return;
      const { limit: wireLimit } = wire;
      same(
        queries.map((query) => query.get(wireLimit)),
        ["2", "2", "2"],
        "sizes of pages",
      );
    },
  };
  const backCheck: Check = {
    suite: "client extensions",
    name: `${name} ends with an error of its own name where items go back`,
    touches: [],
    run: async (subject) => {
      const back = [pageOf(listing, ["b2"], true), pageOf(listing, ["b1"], true)];
      const error = await walked(subject, {}, back).catch((reason: unknown) => reason);
      claim(error instanceof Error, () => "no error");
      same(error.name, "ContractError", "name");
      claim(error.message.startsWith(`${name}: `), () => `no ${name} in ${error.message}`);
    },
  };
  return [walkCheck, ...(pagination.ordered ? [backCheck] : []), ...lookUpChecks(listing, wire)];
}

function lookUpChecks(listing: Listing, wire: WireNames): readonly Check[] {
  const { property, call, pagination } = listing;
  const { lookup } = pagination;
  if (lookup === undefined) return [];
  const looked = async (
    subject: Subject,
    keys: readonly string[],
  ): Promise<{
    readonly item: unknown;
    readonly path: string | undefined;
    readonly query: URLSearchParams | undefined;
  }> => {
    let path: string | undefined;
    let query: URLSearchParams | undefined;
    const client = connect(await subject.client(), async ({ url }) => {
      ({ pathname: path, searchParams: query } = new URL(url));
      return answerOf(call.operation, pageOf(listing, keys, true));
    });
    const item: unknown = await method(
      client,
      property,
      lookup.method,
    )({
      [pagination.next]: "abc",
    });
    return { item, path, query };
  };
  return [
    {
      suite: "client extensions",
      name: `${property}.${lookup.method} asks for one item by its key`,
      touches: [{ operationId: call.operation.operationId }],
      run: async (subject) => {
        const { item, path, query } = await looked(subject, ["abc"]);
        claim(typeof item === "object" && item !== null, () => "no item");
        same(Reflect.get(item, pagination.next), "abc", "key");
        same(path, `/v1${call.operation.path}`, "path");
        same(query?.get(wire.filter ?? ""), "abc", "filter");
        if (wire.limit !== undefined) same(query?.get(wire.limit), "1", "size of the page");
      },
    },
    {
      suite: "client extensions",
      name: `${property}.${lookup.method} gives nothing for an item that only starts so`,
      touches: [],
      run: async (subject) => same((await looked(subject, ["abcd"])).item, undefined, "item"),
    },
    ...invalidValues(listing.document, keyPointer(listing)).map((one): Check => {
      return {
        suite: "client extensions",
        name: `${property}.${lookup.method} refuses a key: ${nameOf(one)}`,
        touches: [],
        run: async (subject) => {
          const client = connect(await subject.client(), async () => answerOf(call.operation));
          const error = await Promise.resolve({ [pagination.next]: wireOf(one) })
            .then(method(client, property, lookup.method))
            .catch((reason: unknown) => reason);
          claim(error instanceof TypeError, () => `not refused: ${String(error)}`);
          const place = `${property}.${lookup.method}: ${pagination.next}: `;
          claim(error.message.startsWith(place), () => `no ${place} in ${error.message}`);
        },
      };
    }),
  ];
}

interface WireNames {
  readonly cursor: string;
  readonly limit: string | undefined;
  readonly filter: string | undefined;
}

function wireNames({ document, call }: Listing): WireNames & Readonly<Record<string, unknown>> {
  const said = valueAt(document, `${call.operation.pointer}/x-contract-pagination`);
  if (!isJsonObject(said)) throw new Error(`${call.name} has no pages`);
  const text = (key: string): string | undefined => {
    const value = said[key];
    return typeof value === "string" ? value : undefined;
  };
  return { cursor: text("cursor") ?? "", limit: text("limit"), filter: text("filter") };
}

/** A page of items with these keys, everything else as in a sample. */
function pageOf(listing: Listing, keys: readonly string[], more: boolean): Json {
  const { document, call } = listing;
  const said = valueAt(document, `${call.operation.pointer}/x-contract-pagination`);
  const success = call.operation.responses.find(({ status }) => status < 300);
  const pointer = success?.bodies[0]?.schemaPointer;
  if (!isJsonObject(said) || pointer === undefined) throw new Error(`${call.name} has no pages`);
  const items = String(said["items"]);
  const page = sampleOf(document, pointer);
  if (!isJsonObject(page)) throw new Error(`${call.name}: a page that is no object`);
  const { [items]: list } = page;
  const item = Array.isArray(list) ? list[0] : undefined;
  return {
    ...page,
    [items]: keys.map((key) => ({ ...item, [String(said["next"])]: key })),
    [String(said["more"])]: more,
  };
}

/** The schema of the property by which items are looked up. */
function keyPointer({ document, call }: Listing): string {
  const said = valueAt(document, `${call.operation.pointer}/x-contract-pagination`);
  const success = call.operation.responses.find(({ status }) => status < 300);
  const pointer = success?.bodies[0]?.schemaPointer;
  if (!isJsonObject(said) || pointer === undefined) throw new Error(`${call.name} has no pages`);
  const page = locate(document, pointer).pointer;
  const items = locate(document, `${page}/properties/${String(said["items"])}`).pointer;
  const item = locate(document, `${items}/items`).pointer;
  return `${item}/properties/${String(said["next"])}`;
}

function method(client: S2, property: string, name: string): (input: unknown) => unknown {
  const resource: unknown = Reflect.get(client, property);
  const found: unknown = resource instanceof Object ? Reflect.get(resource, name) : undefined;
  if (typeof found !== "function") throw new Error(`the client has no ${property}.${name}`);
  return (input) => Reflect.apply(found, resource, [input]);
}
