/** Runs one scenario of `test/interop/scenarios.ts` with the official TypeScript client. */
import { S2, S2Error } from "@s2-dev/streamstore";
import { play } from "./play.js";

const [, , name = ""] = process.argv;
const { accessTokens } = new S2({
  accessToken: process.env["S2_ACCESS_TOKEN"] ?? "",
  endpoints: { account: process.env["S2_ACCOUNT_ENDPOINT"] ?? "" },
  ...((name === "gzip" || name === "zstd") && { compression: name }),
});
await play(name, accessTokens, (error) =>
  error instanceof S2Error && error.origin === "server"
    ? `${error.status} ${error.code}`
    : undefined,
);
