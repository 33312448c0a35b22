import { expect, test } from "vitest";
import { ContractError, S2 } from "../../src/index.js";
import { fetchOf } from "../fetch-of.js";

/** A server of these pages, in this order; the last one is repeated. */
function serve(...pages: { ids: string[]; more: boolean }[]): { client: S2; asked: string[] } {
  const asked: string[] = [];
  const client = new S2({
    accessToken: "any",
    endpoint: "https://pages.test",
    fetch: fetchOf((request) => {
      const page = pages[Math.min(asked.length, pages.length - 1)];
      asked.push(new URL(request.url).search);
      // A walk that never ends would not let a timeout end it either.
      if (asked.length > 10) throw new Error("asked without end");
      const items = page?.ids.map((id) => ({ id, auto_prefix_streams: false, scope: {} }));
      return Response.json({ access_tokens: items, has_more: page?.more });
    }),
  });
  return { client, asked };
}

const threePages = [
  { ids: ["a", "b"], more: true },
  { ids: ["c", "d"], more: true },
  { ids: ["e"], more: false },
];

test("a walk yields the items of all pages, each page after the last item of the one before", async () => {
  const { client, asked } = serve(...threePages);
  const ids: string[] = [];
  for await (const { id } of client.accessTokens.listAll({ limit: 2, prefix: "" })) ids.push(id);
  expect(ids).toEqual(["a", "b", "c", "d", "e"]);
  expect(asked).toEqual([
    "?prefix=&limit=2",
    "?prefix=&start_after=b&limit=2",
    "?prefix=&start_after=d&limit=2",
  ]);
});

test("a walk starts where it is told, and fetches a page only when its first item is asked for", async () => {
  const { client, asked } = serve(...threePages);
  const walk = client.accessTokens.listAll({ startAfter: "A" })[Symbol.asyncIterator]();
  expect(asked).toEqual([]);
  await walk.next();
  await walk.next();
  expect(asked).toEqual(["?start_after=A"]);
  await walk.next();
  expect(asked).toEqual(["?start_after=A", "?start_after=b"]);
});

test("a walk that is left early asks for nothing more", async () => {
  const { client, asked } = serve(...threePages);
  for await (const { id } of client.accessTokens.listAll()) if (id === "b") break;
  expect(asked).toHaveLength(1);
});

test.each([
  ["repeats a page", { ids: ["a", "b"], more: true }],
  ["claims more after an empty page", { ids: [], more: true }],
])("a walk ends with an error when the server %s", async (_, page) => {
  const { client, asked } = serve(page);
  const walk = async (): Promise<void> => {
    for await (const { id } of client.accessTokens.listAll()) expect(id).toMatch(/[ab]/);
  };
  await expect(walk()).rejects.toThrow(ContractError);
  expect(asked.length).toBeLessThanOrEqual(2);
});
