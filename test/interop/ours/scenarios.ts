/** Runs one scenario of `test/interop/scenarios.ts` with the client of this package: the contract's side of the table. */
import { ApiError, S2 } from "../../../src/index.js";
import { play } from "../typescript/play.js";

const [, , name = ""] = process.argv;
const { accessTokens } = new S2();
await play(name, accessTokens, (error) =>
  error instanceof ApiError ? `${error.status} ${error.code}` : undefined,
);
