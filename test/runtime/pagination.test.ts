import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ContractError, TooManyRequestsError } from "../../src/index.js";
import { emptyPage, failure, json, listed, type Rig, rig } from "./harness.js";

/** A client over a service that holds these ids and honours the whole query. */
function service(ids: readonly string[], pageSize: number): Rig {
  return rig((request) => {
    const query = new URL(request.url).searchParams;
    const prefix = query.get("prefix") ?? "";
    const after = query.get("start_after") ?? "";
    const limit = Number(query.get("limit") ?? pageSize);
    const matching = ids.filter((id) => id.startsWith(prefix) && id > after).sort();
    const page = matching.slice(0, limit);
    return json(200, {
      access_tokens: page.map(listed),
      has_more: matching.length > page.length,
    });
  });
}

/** A page of these ids. */
function page(ids: readonly string[], more: boolean): Response {
  return json(200, { access_tokens: ids.map(listed), has_more: more });
}

async function idsOf(walk: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of walk) ids.push(id);
  return ids;
}

/** What a walk yields before it fails, and how it fails. */
async function walked(
  walk: AsyncIterable<{ readonly id: string }>,
): Promise<{ readonly ids: readonly string[]; readonly error: unknown }> {
  const ids: string[] = [];
  const error = await failure(
    (async () => {
      for await (const { id } of walk) ids.push(id);
    })(),
  );
  return { ids, error };
}

const queries = ({ seen }: Rig): string[] => seen.map(({ url }) => new URL(url).search);

describe("listAll", () => {
  test("yields every id once, in order, for any page size", async () => {
    const id = fc.stringMatching(/^[a-z/]{1,6}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(id, { maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        async (ids, limit) => {
          const { client, seen } = service(ids, 1000);
          expect(await idsOf(client.accessTokens.listAll({ limit }))).toEqual([...ids].sort());
          expect(seen).toHaveLength(Math.max(1, Math.ceil(ids.length / limit)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("requests each page after the last id of the previous one, with the same query", async () => {
    const setup = service(["a/1", "a/2", "a/3", "b"], 1000);
    const walk = setup.client.accessTokens.listAll({ prefix: "a/", startAfter: "a/0", limit: 2 });
    expect(await idsOf(walk)).toEqual(["a/1", "a/2", "a/3"]);
    expect(queries(setup)).toEqual([
      "?prefix=a%2F&start_after=a%2F0&limit=2",
      "?prefix=a%2F&start_after=a%2F2&limit=2",
    ]);
  });

  test("needs no input", async () => {
    const setup = service(["a", "b"], 1);
    expect(await idsOf(setup.client.accessTokens.listAll())).toEqual(["a", "b"]);
    expect(queries(setup)).toEqual(["", "?start_after=a"]);
  });

  test("ends at an empty page with has_more: false", async () => {
    const setup = rig(() => json(200, emptyPage));
    expect(await idsOf(setup.client.accessTokens.listAll())).toEqual([]);
    expect(setup.seen).toHaveLength(1);
  });
});

describe("listAll is lazy", () => {
  test("nothing is sent before the first item is requested", async () => {
    const { client, seen } = service(["a", "b"], 1);
    const walk = client.accessTokens.listAll()[Symbol.asyncIterator]();
    await Promise.resolve();
    expect(seen).toHaveLength(0);
    await walk.next();
    expect(seen).toHaveLength(1);
  });

  test("a page is fetched when its first item is requested, not before", async () => {
    const { client, seen } = service(["a", "b", "c"], 2);
    const walk = client.accessTokens.listAll()[Symbol.asyncIterator]();
    await walk.next();
    await walk.next();
    expect(seen).toHaveLength(1);
    await walk.next();
    expect(seen).toHaveLength(2);
  });

  test.each([1, 2])("stopping after item %i sends no further request", async (stop) => {
    const { client, seen } = service(["a", "b", "c"], 2);
    let count = 0;
    for await (const _ of client.accessTokens.listAll()) {
      count += 1;
      if (count === stop) break;
    }
    expect(seen).toHaveLength(1);
  });

  test("wrong input is a TypeError at the first item, and nothing is sent", async () => {
    const { client, seen } = service(["a"], 1);
    const walk = client.accessTokens.listAll({ limit: -1 })[Symbol.asyncIterator]();
    const error = await failure(walk.next());
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("accessTokens.listAll: limit:");
    expect(seen).toEqual([]);
  });
});

describe("a listing that makes no progress is a ContractError", () => {
  test("an empty page with has_more: true", async () => {
    const { client, seen } = rig((_, number) => page(number === 0 ? ["a"] : [], true));
    const { ids, error } = await walked(client.accessTokens.listAll());
    expect(ids).toEqual(["a"]);
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({ operation: "list_access_tokens", outcome: "none" });
    expect(String(error)).toContain("found an empty page that claims more");
    expect(seen).toHaveLength(2);
  });

  test("the same page again", async () => {
    const { client, seen } = rig(() => page(["a", "b"], true));
    const { error } = await walked(client.accessTokens.listAll());
    expect(error).toBeInstanceOf(ContractError);
    expect(String(error)).toContain("found the same page again");
    expect(seen).toHaveLength(2);
  });

  test("items of a repeated page are not yielded again", async () => {
    const { client } = rig(() => page(["a", "b"], true));
    const { ids } = await walked(client.accessTokens.listAll());
    expect(ids).toEqual(["a", "b"]);
  });

  test("a page that ends at startAfter", async () => {
    const { client, seen } = rig(() => page(["a"], true));
    const { error } = await walked(client.accessTokens.listAll({ startAfter: "a" }));
    expect(error).toBeInstanceOf(ContractError);
    expect(seen).toHaveLength(1);
  });

  test("ids that go backwards without repeating", async () => {
    const { client, seen } = rig((_, number) => page([`id-${999_999 - number}`], true));
    const { ids, error } = await walked(client.accessTokens.listAll());
    expect(ids).toEqual(["id-999999"]);
    expect(error).toBeInstanceOf(ContractError);
    expect(String(error)).toContain("found one that starts before it");
    expect(seen).toHaveLength(2);
  });

  test.each([
    ["a", "aa"],
    ["a/", "a0"],
    ["z", "\u00e9"],
    ["\uffff", "\u{1f600}"],
    ["\ud7ff", "\ue000"],
    ["\u{1f600}", "\u{1f601}"],
    ["a\u{1f600}", "b"],
  ])("%j before %j is byte order, the reverse is not", async (first, second) => {
    const pagesOf = (ids: readonly string[]): AsyncIterable<{ readonly id: string }> => {
      const { client } = rig((_, number) => page([ids[number] ?? "\u{10ffff}"], number < 2));
      return client.accessTokens.listAll();
    };
    expect(await idsOf(pagesOf([first, second]))).toEqual([first, second, "\u{10ffff}"]);
    const { ids, error } = await walked(pagesOf([second, first]));
    expect(ids).toEqual([second]);
    expect(String(error)).toContain("found one that starts before it");
  });

  test("pages in a cycle", async () => {
    const rounds = 20;
    const { client, seen } = rig((_, number) =>
      page(number % 2 === 0 ? ["a", "b"] : ["c", "d"], number < rounds),
    );
    const { error } = await walked(client.accessTokens.listAll());
    expect(error).toBeInstanceOf(ContractError);
    expect(seen.length).toBeLessThan(rounds);
  });
});

describe("listAll that fails", () => {
  test("yields the items before the failed page, rejects with its error, and ends", async () => {
    const { client } = rig((_, number) =>
      number === 0 ? page(["a"], true) : json(429, { code: "rate_limited", message: "Wait." }),
    );
    const walk = client.accessTokens.listAll()[Symbol.asyncIterator]();
    const { ids, error } = await walked(walk);
    expect(ids).toEqual(["a"]);
    expect(error).toBeInstanceOf(TooManyRequestsError);
    expect(await walk.next()).toEqual({ done: true, value: undefined });
  });

  test("rejects with the signal's reason on abort, without a further request", async () => {
    const controller = new AbortController();
    const { client, seen } = service(["a", "b", "c"], 1);
    const walk = client.accessTokens
      .listAll({}, { signal: controller.signal })
      [Symbol.asyncIterator]();
    await walk.next();
    controller.abort("enough");
    expect(await failure(walk.next())).toBe("enough");
    expect(seen).toHaveLength(1);
  });

  test("sends the headers option with every page", async () => {
    const { client, seen } = service(["a", "b"], 1);
    await idsOf(client.accessTokens.listAll({}, { headers: { "x-trace": "7" } }));
    expect(seen.map(({ headers }) => headers.get("x-trace"))).toEqual(["7", "7"]);
  });

  test("is a ContractError if the last id cannot be a cursor", async () => {
    const { client, seen } = rig(() => page(["é".repeat(60)], true));
    const { ids, error } = await walked(client.accessTokens.listAll());
    expect(ids).toHaveLength(1);
    expect(error).toBeInstanceOf(ContractError);
    expect(String(error)).toContain("startAfter: expected at most 96 bytes");
    expect(seen).toHaveLength(1);
  });

  test("is a TypeError if startAfter is too long", async () => {
    const { client, seen } = rig(() => page([], false));
    const { error } = await walked(client.accessTokens.listAll({ startAfter: "x".repeat(97) }));
    expect(error).toBeInstanceOf(TypeError);
    expect(seen).toEqual([]);
  });
});

describe("pages()", () => {
  test("yields the pages of list, and requests the next one only when needed", async () => {
    const { client, seen } = service(["a", "b", "c"], 2);
    const pages = client.accessTokens.listAll({ limit: 2 }).pages();
    expect(seen).toEqual([]);
    const first = await pages.next();
    expect(first.value).toEqual(await client.accessTokens.list({ limit: 2 }));
    expect(seen).toHaveLength(2);
    const second = await pages.next();
    expect(second.value).toMatchObject({ accessTokens: [{ id: "c" }], hasMore: false });
    expect(await pages.next()).toEqual({ done: true, value: undefined });
    expect(seen).toHaveLength(3);
  });

  test("yields a single empty page", async () => {
    const pages: unknown[] = [];
    for await (const one of service([], 2).client.accessTokens.listAll().pages()) pages.push(one);
    expect(pages).toEqual([{ accessTokens: [], hasMore: false }]);
  });

  test("sends no further request after a break", async () => {
    const { client, seen } = service(["a", "b", "c"], 1);
    for await (const _ of client.accessTokens.listAll({ limit: 1 }).pages()) break;
    expect(seen).toHaveLength(1);
  });

  test("and iteration by item are independent, each from the start", async () => {
    const { client, seen } = service(["a", "b"], 1);
    const listing = client.accessTokens.listAll({ limit: 1 });
    expect(await idsOf(listing)).toEqual(["a", "b"]);
    expect(await idsOf(listing)).toEqual(["a", "b"]);
    for await (const _ of listing.pages()) break;
    expect(seen).toHaveLength(5);
  });

  test("rejects a repeated page", async () => {
    const { client, seen } = rig(() => page(["a", "b"], true));
    const error = await failure(
      (async () => {
        for await (const _ of client.accessTokens.listAll().pages());
      })(),
    );
    expect(error).toBeInstanceOf(ContractError);
    expect(seen).toHaveLength(2);
  });
});

describe("toArray", () => {
  test("collects the items of all pages", async () => {
    const { client, seen } = service(["a", "b", "c", "d", "e"], 2);
    const tokens = await client.accessTokens.listAll().toArray();
    expect(tokens.map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e"]);
    expect(seen).toHaveLength(3);
  });

  test.each([
    [0, [], 0],
    [1, ["a"], 1],
    [2, ["a", "b"], 1],
    [3, ["a", "b", "c"], 2],
    [9, ["a", "b", "c"], 2],
    [Number.POSITIVE_INFINITY, ["a", "b", "c"], 2],
  ])("stops after %d items, without a further request", async (maxItems, ids, requests) => {
    const { client, seen } = service(["a", "b", "c"], 2);
    const tokens = await client.accessTokens.listAll().toArray({ maxItems });
    expect(tokens.map(({ id }) => id)).toEqual(ids);
    expect(seen).toHaveLength(requests);
  });

  test.each([-1, 1.5, Number.NaN, "2" as unknown as number])(
    "%j items are a TypeError",
    async (maxItems) => {
      const { client, seen } = service(["a"], 2);
      const error = await failure(client.accessTokens.listAll().toArray({ maxItems }));
      expect(String(error)).toContain("maxItems: expected a whole number");
      expect(seen).toEqual([]);
    },
  );
});

describe("get", () => {
  test("requests at most one token, and returns it", async () => {
    const made = service(["ci/1", "ci/10", "ci/2"], 1000);
    const token = await made.client.accessTokens.get({ id: "ci/1" });
    expect(token).toMatchObject({ id: "ci/1", expiresAt: null });
    expect(queries(made)).toEqual(["?prefix=ci%2F1&limit=1"]);
  });

  test("returns only an exact match", async () => {
    const { client } = service(["ci/10"], 1000);
    expect(await client.accessTokens.get({ id: "ci/1" })).toBeUndefined();
    expect(await client.accessTokens.get({ id: "ci/100" })).toBeUndefined();
  });

  test.each(["", ".", "..", "a\0", "x".repeat(97)])("%j is a TypeError", async (id) => {
    const { client, seen } = service([""], 1000);
    const error = await failure(client.accessTokens.get({ id }));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain("accessTokens.get: id: expected");
    expect(seen).toEqual([]);
  });

  test("uses the options signal and headers", async () => {
    const { client, seen } = service(["a"], 1000);
    await client.accessTokens.get({ id: "a" }, { headers: { "x-trace": "7" } });
    expect(seen[0]?.headers.get("x-trace")).toBe("7");
    const signal = AbortSignal.abort("enough");
    expect(await failure(client.accessTokens.get({ id: "a" }, { signal }))).toBe("enough");
  });
});
