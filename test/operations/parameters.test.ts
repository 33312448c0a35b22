import { afterAll, beforeAll, expect, test } from "vitest";
import { createClient } from "../golden/parameters/want/api.js";
import { type RealServer, startServer } from "./server.js";

let server: RealServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

test("a query in every style, with names that need encoding", async () => {
  const { things } = createClient({ baseUrl: server.baseUrl });
  await things.list({
    filterName: "n",
    amp: "1",
    ids: [1, 2],
    fields: ["a", "b,c"],
    words: ["x y", "z"],
    tags: ["p", "q|r"],
    created: { gte: new Date(0), ltEq: 5 },
    page: { pageSize: 3 },
    where: { id: "é", isOpen: true },
    sort: "name:asc,a/b",
    after: null,
  });
  expect(server.last().url).toBe(
    [
      "/things?filter[name]=n",
      "a%26b=1",
      "ids=1",
      "ids=2",
      "fields=a,b%2Cc",
      "words=x%20y%20z",
      "tags=p%7Cq%7Cr",
      "created[gte]=1970-01-01T00%3A00%3A00.000Z",
      "created[lt_eq]=5",
      "page_size=3",
      `where=${encodeURIComponent('{"id":"é","is_open":true}')}`,
      "sort=name:asc,a/b",
    ].join("&"),
  );
});

test("headers and cookies", async () => {
  const { things } = createClient({ baseUrl: server.baseUrl });
  await things.list({ xTrace: ["a", "b"], xClient: "c d", sessionId: "s;1" });
  const { headers } = server.last();
  expect([headers["x-trace"], headers["x-client"], headers.cookie]).toEqual([
    "a,b",
    "c d",
    "session_id=s%3B1",
  ]);
  await things.list();
  expect(server.last().url).toBe("/things");
  expect(Object.keys(server.last().headers)).not.toContain("cookie");
});

test("a header that HTTP cannot carry is refused before anything is sent", async () => {
  const { things } = createClient({ baseUrl: server.baseUrl });
  const before = server.seen.length;
  await expect(things.list({ xTrace: ["a\r\nx-evil: 1"] })).rejects.toThrow("xTrace: expected");
  expect(server.seen).toHaveLength(before);
});

test("a path in every style, and a body with a field of the same name", async () => {
  const { things } = createClient({ baseUrl: server.baseUrl });
  const input = { pathId: "a/b", point: { x: 1, y: 2 }, tags: ["t", "u,v"], queryId: "q" };
  await things.put({ ...input, id: "body" });
  const { url, body } = server.last();
  expect(url).toBe("/things/.a%2Fb/;x=1;y=2/t,u%2Cv?id=q");
  expect(JSON.parse(body.toString())).toEqual({ id: "body" });
});

test.each([[["."]], [[".."]], [[""]], [[]]])(
  "a path of %j would reach another resource",
  async (tags) => {
    const { things } = createClient({ baseUrl: server.baseUrl });
    const before = server.seen.length;
    const call = things.put({ pathId: "a", point: { x: 1, y: 2 }, tags, id: "b" });
    await expect(call).rejects.toThrow("tags: expected a path segment");
    expect(server.seen).toHaveLength(before);
  },
);

test("a fragment of the path does not cut off the query", async () => {
  const { things } = createClient({ baseUrl: server.baseUrl });
  await things.listAll({ limit: 3 });
  expect(server.last().url).toBe("/things?limit=3");
});
