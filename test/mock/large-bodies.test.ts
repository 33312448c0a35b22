import { expect, test } from "vitest";
import { schemaCompiler } from "../../src/mock/engine/schemas.js";
import { startMock } from "../../src/mock/index.js";

/** Bodies that violate the schema in each of many places. */
const bodies: readonly (readonly [string, (count: number) => unknown])[] = [
  ["items of another type", (count) => ({ id: "a", scope: { ops: Array(count).fill(1) } })],
  ["items that the enum lacks", (count) => ({ id: "a", scope: { ops: Array(count).fill("rea") } })],
  ["items that are objects", (count) => ({ id: "a", scope: { ops: Array(count).fill({}) } })],
];

test.each(bodies)(
  "only the first violation of a large body with %s is reported",
  async (_, bodyOf) => {
    await using mock = await startMock();
    const send = async (count: number): Promise<readonly [number, number]> => {
      const response = await fetch(`${mock.url}/v1/access-tokens`, {
        method: "POST",
        headers: { authorization: `Bearer ${mock.rootToken}`, "content-type": "application/json" },
        body: JSON.stringify(bodyOf(count)),
      });
      const { message }: { message: string } = await response.json();
      return [response.status, new Set(message.match(/scope\.ops\[\d+\]/g)).size];
    };
    expect(await send(3)).toEqual([400, 3]);
    expect(await send(100_000)).toEqual([400, 1]);
  },
);

test("a large value is valid if a small one is", () => {
  const schema = { type: "array", items: { type: "integer" }, uniqueItems: true };
  const check = schemaCompiler({ components: { schemas: { List: schema } } })({
    pointer: "/components/schemas/List",
    value: schema,
  });
  const many = Array.from({ length: 6000 }, (_, index) => index);
  expect(check(many)).toEqual([]);
  expect(check([...many, "x"])).toHaveLength(1);
  expect(check([1, "x", "y"])).toHaveLength(2);
});

test("the first of many unknown names are reported", async () => {
  await using mock = await startMock();
  const unknown = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`op${at}`, 1]));
  const response = await fetch(`${mock.url}/v1/access-tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${mock.rootToken}`, "content-type": "application/json" },
    body: JSON.stringify({ id: "a", scope: { ops: ["read"], ...unknown } }),
  });
  expect(response.status).toBe(201);
  expect(mock.verdict().unknown).toHaveLength(20);
});
