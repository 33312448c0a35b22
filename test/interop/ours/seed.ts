/** The calls of S2's page on access tokens, by the client of this package, against the mock. */
import { S2 } from "../../../src/index.js";

const endpoint = process.env["S2_ACCOUNT_ENDPOINT"] ?? "";
const accessToken = process.env["S2_ACCESS_TOKEN"] ?? "";
const client = new S2({ accessToken, endpoint });

// #region list_access_tokens
// List tokens (returns metadata, not the secret)
const tokens = await client.accessTokens.list();
// #endregion
console.log("listed", tokens.accessTokens.length);

// #region issue_access_token
// Issue a token scoped to streams under "users/1234/"
const { accessToken: issuedToken } = await client.accessTokens.issue({
  id: "user-1234-rw-token",
  scope: {
    basins: { prefix: "" }, // all basins
    streams: { prefix: "users/1234/" },
    opGroups: { stream: { read: true, write: true } },
  },
  expiresAt: new Date("2027-01-01"),
});
// #endregion
console.log("issued", issuedToken.length > 0);

// #region revoke_access_token
// Revoke a token
await client.accessTokens.revoke({ id: "user-1234-rw-token" });
// #endregion
console.log("revoked");
