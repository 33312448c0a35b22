import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";

let mock: Mock;
let stateless: Mock;
beforeAll(async () => {
  [mock, stateless] = await Promise.all([startMock(), startMock({ stateless: true })]);
});
afterAll(() => Promise.all([mock?.stop(), stateless?.stop()]));

/** The answer to a listing, and the reason that the journal gives for it. */
async function list(of: Mock, authorization: string): Promise<readonly [number, string, string]> {
  const response = await fetch(`${of.url}/v1/access-tokens`, { headers: { authorization } });
  const text = await response.text();
  return [response.status, text, of.journal().at(-1)?.reason ?? ""];
}

describe("the case of the scheme does not matter", () => {
  test.each(["Bearer", "bearer", "BEARER", "bEaReR"])("%s", async (scheme) => {
    for (const of of [mock, stateless]) {
      const [status, text] = await list(of, `${scheme} ${of.rootToken}`);
      expect(status, text).toBe(200);
    }
    const headers = { authorization: `${scheme} ${mock.controlToken}` };
    const control = await fetch(`${mock.url}/__mock/state`, { headers });
    expect(await control.json()).toMatchObject({ tokens: [] });
  });

  test.each(["bearer", "BEARER"])("%s with a token that looks real", async (scheme) => {
    const real = "YAAAAAAAAABl0Nvc3BhY2VUb2tlbi1pcy1ub3QtcmVhbA9xQ";
    for (const of of [mock, stateless]) {
      const [status, text, reason] = await list(of, `${scheme} ${real}`);
      expect(status).toBe(401);
      expect(text).toContain("looks like a token of the real service");
      expect(text + reason).not.toContain(real);
    }
  });

  test("an unknown bearer token", async () => {
    const [status, , reason] = await list(mock, "bearer nobody");
    expect([status, reason]).toEqual([401, "the bearer token is unknown or was revoked"]);
  });
});

describe("a request without a bearer token has that as its reason", () => {
  const schemes = ["Basic abc", "Basic eDp5", "Digest x", "Bearer", "bearer", "Bearerx", "abc", ""];
  const missing = [401, "no header Authorization: Bearer …"];

  test.each(schemes)("%j", async (authorization) => {
    for (const of of [mock, stateless]) {
      const [status, , reason] = await list(of, authorization);
      expect([status, reason]).toEqual(missing);
    }
  });

  test.each(schemes)("%j, where the document asks for none", async (authorization) => {
    const text = readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8");
    await using open = await startMock({ document: { ...JSON.parse(text), security: [] } });
    const [status, , reason] = await list(open, authorization);
    expect([status, reason]).toEqual(missing);
  });
});
