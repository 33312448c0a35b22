import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { bundleContract, readContract } from "./read-document.js";

const { operations } = readContract(await bundleContract());

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock?.stop());

let sessions = 0;

/** What the mock answers to a request with this body and this content type, or none; each in a state of its own. */
function ask(
  method: string,
  path: string,
  type: string | undefined,
  body = "",
): Promise<{ readonly status: number; readonly code: unknown }> {
  sessions += 1;
  const headers = {
    authorization: `Bearer ${mock.rootToken}`,
    "mock-session": `content-types-${sessions}`,
    "content-length": String(Buffer.byteLength(body)),
    ...(type !== undefined && { "content-type": type }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${mock.url}${path}`, { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("end", () => {
        const answer: unknown = text === "" ? {} : JSON.parse(text);
        resolve({ status: response.statusCode ?? 0, code: Object(answer).code });
      });
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

const bodies = operations.flatMap(({ operationId, method, path, requestBodies }) =>
  requestBodies.flatMap(({ examples }) =>
    examples
      .slice(0, 1)
      .map(({ value }) => ({ operationId, method, path, body: JSON.stringify(value) })),
  ),
);

test("the contract has a body to send", () => {
  expect(bodies.length).toBeGreaterThan(0);
});

describe.each(bodies)("the body of $operationId", ({ method, path, body }) => {
  const verb = method.toUpperCase();

  test.each(["application/json", "application/json; charset=utf-8", "Application/JSON"])(
    "is taken as %s",
    async (type) => {
      const { status } = await ask(verb, path, type, body);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).toBeLessThan(300);
    },
  );

  test.each([
    undefined,
    "",
    "text/plain",
    "text/json",
    "application/xml",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "json",
  ])("is refused as %j, and nothing is stored", async (type) => {
    const { status, code } = await ask(verb, path, type, body);
    expect(status).toBe(400);
    expect(code).toMatch(/^bad_(header|json)$/);
    expect(mock.session(`content-types-${sessions}`).tokens()).toEqual([]);
  });
});
