import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { clientCalls } from "../contract/client-calls.js";
import { toFetch } from "../contract/invalid-requests.js";
import { parseDocument, readContract } from "../contract/read-document.js";

const text = readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8");
const calls = clientCalls(readContract(parseDocument(text)));

let mock: Mock;
let stateless: Mock;
beforeAll(async () => {
  [mock, stateless] = await Promise.all([startMock(), startMock({ stateless: true })]);
});
afterAll(() => Promise.all([mock?.stop(), stateless?.stop()]));

/** Status, code and message of the answer to a listing. */
async function list(headers: Record<string, string>, query = ""): Promise<string> {
  const authorization = "Bearer any";
  const url = `${mock.url}/v1/access-tokens${query}`;
  const response = await fetch(url, { headers: { authorization, ...headers } });
  const { code, message }: { code?: string; message?: string } = Object(await response.json());
  return `${response.status} ${code} ${message}`;
}

describe("sample values for every status code that an operation declares", () => {
  const pairs = calls.flatMap((call) =>
    call.operation.responses.map((response) => ({
      name: `${call.operation.operationId} ${response.status}`,
      call,
      response,
    })),
  );

  test.each(pairs)("$name", async ({ call, response: { status, errorCodes } }) => {
    for (const of of [mock, stateless]) {
      for (const seed of ["", ", seed=one", ", seed=two"]) {
        const request = toFetch(`${of.url}/v1`, call, call.request);
        request.headers.set("prefer", `dynamic=true, code=${status}${seed}`);
        const response = await fetch(request);
        const body = await response.text();
        expect(response.status, body).toBe(status);
        if (status >= 400) expect(errorCodes).toContain(JSON.parse(body).code);
      }
    }
    expect(mock.tokens()).toEqual([]);
  });

  test("include errors", () => {
    expect(pairs.filter(({ response }) => response.errorCodes.length > 0).length).toBeGreaterThan(
      calls.length,
    );
  });
});

describe("an invalid preference is rejected with the valid ones on one line", () => {
  test.each([
    ["code=many", "Prefer cannot be read at code: expected code (the three digits of a status), "],
    ["code=1, dynamic=x", "Prefer cannot be read at code and dynamic: expected code "],
    ["dynamic", "Prefer cannot be read at dynamic: expected code "],
  ])("Prefer: %s", async (prefer, words) => {
    const given = await list({ prefer });
    expect(given).toContain(`422 mock_bad_prefer ${words}`);
    expect(given).toMatch(/dynamic \(true or false\).*, as in code=429, dynamic=true$/);
    expect(given).not.toContain("\n");
  });

  test.each(["?__code=many", "?__code=429&__code=404"])("%s", async (query) => {
    const given = await list({}, query);
    expect(given).toContain("422 mock_bad_prefer The query cannot be read at __code: expected ");
    expect(given).toMatch(/, as in __code=429&__dynamic=true$/);
  });
});

describe("a missing response is rejected with the ones that exist", () => {
  const none = "404 mock_no_such_example Prefer names no response: list_access_tokens has no";

  test.each([
    ["code=418", "status 418, only 200, 400, 401, 403, 408, 429, 500, 501, 502, 503, 504"],
    ["example=none", 'example "none" for the status 200, only list_complete, list_empty, '],
    ["code=429, example=none", 'example "none" for the status 429, only rate_limited'],
    ["code=503, example=list_empty", 'example "list_empty" for the status 503, only '],
  ])("Prefer: %s", async (prefer, words) => {
    expect(await list({ prefer })).toContain(`${none} ${words}`);
  });
});

describe("a type that is not accepted", () => {
  test.each(["*", "garbage"])("Accept: %s", async (accept) => {
    const words = "Accept cannot be read: invalid media type; send application/json, or */*";
    expect(await list({ accept, prefer: "code=200" })).toBe(`406 mock_not_acceptable ${words}`);
  });

  test.each(["code=200", "code=503"])("HTML, with Prefer: %s", async (prefer) => {
    const words =
      "Accept allows none of the response types of list_access_tokens: application/json";
    const given = await list({ accept: "text/html", prefer });
    expect(given).toBe(`406 mock_not_acceptable ${words}`);
  });
});
