/** Run: `s2-token-contract mock -- npx vitest run` */
import { S2, S2Error } from "@s2-dev/streamstore";
import { expect, test } from "vitest";

const { accessTokens } = new S2({
  accessToken: process.env["S2_ACCESS_TOKEN"] ?? "",
  endpoints: { account: process.env["S2_ACCOUNT_ENDPOINT"] ?? "" },
});

test("a new token is listed", async () => {
  await accessTokens.issue({ id: "ci/vitest", scope: { ops: ["read"] } });
  const { accessTokens: found } = await accessTokens.list({ prefix: "ci/" });
  expect(found.map(({ id }) => id)).toEqual(["ci/vitest"]);
});

test("a token that is not there cannot be revoked", async () => {
  const error = await accessTokens.revoke({ id: "nobody" }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(S2Error);
  expect(error).toMatchObject({ status: 404, code: "access_token_not_found" });
});
