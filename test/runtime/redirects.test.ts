import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isApiError } from "../../src/index.js";
import { canary, emptyPage, failure, type Loopback, listen } from "./harness.js";

/** Where the redirects lead: another origin, which writes down what it is sent. */
let elsewhere: Loopback;
let redirecting: Loopback;
let status = 307;
let arrived: (string | undefined)[] = [];

beforeAll(async () => {
  elsewhere = await listen((request, response) => {
    arrived.push(request.headers.authorization);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(emptyPage));
  });
  redirecting = await listen((request, response) => {
    const location = `${elsewhere.origin}${request.url}`;
    response.writeHead(status, { location }).end();
  });
});
beforeEach(() => {
  arrived = [];
});
afterAll(() => Promise.all([elsewhere.close(), redirecting.close()]));

describe.each([301, 302, 303, 307, 308])("a redirect %i to another origin", (redirect) => {
  beforeEach(() => {
    status = redirect;
  });

  test("is not followed by methods: it is an ApiError", async () => {
    const { accessTokens } = redirecting.client;
    const scope = { ops: ["read"] } as const;
    for (const call of [
      () => accessTokens.list(),
      () => accessTokens.get({ id: "a" }),
      () => accessTokens.issue({ id: "a", scope }),
      () => accessTokens.revoke({ id: "a" }),
    ]) {
      const error = await failure(call());
      expect(isApiError(error) && error.status).toBe(redirect);
    }
    expect(arrived).toEqual([]);
  });

  test("is followed by the raw client without the credential", async () => {
    const { data } = await redirecting.client.raw.GET("/access-tokens");
    expect(data).toEqual(emptyPage);
    expect(arrived).toEqual([undefined]);
    expect(JSON.stringify(arrived)).not.toContain(canary);
  });
});
