/**
 * Runs a program against a mock and checks which requests it made: those of the snippet on S2's page on access tokens.
 *
 *   node --import tsx test/interop/with-mock.ts PROGRAM ARGUMENTS…
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type RequestRecord, startMock } from "../../src/mock/index.js";

const wanted = [
  "GET /v1/access-tokens 200",
  "POST /v1/access-tokens 201",
  "DELETE /v1/access-tokens/user-1234-rw-token 204",
];

const [program, ...args] = process.argv.slice(2);
if (program === undefined) throw new Error("name the program to run, and its arguments");
const records: RequestRecord[] = [];
const mock = await startMock({
  // The snippet's expiry is written in it, and a day will come after it.
  clock: { mode: "fixed", at: "2026-01-01T00:00:00Z" },
  onRequest: (record) => records.push(record),
});
const child = spawn(program, args, {
  stdio: "inherit",
  env: {
    ...process.env,
    S2_ACCESS_TOKEN: mock.rootToken,
    S2_ACCOUNT_ENDPOINT: mock.url,
    S2_BASIN_ENDPOINT: mock.url,
  },
});
const [code] = await once(child, "close");
await mock.stop();
const made = records.map(({ method, path, status }) => {
  // Some clients send the parameters that they were not given, with their defaults.
  return `${method} ${path.replace(/\?.*/, "")} ${status}`;
});
for (const { method, path, status, protocol } of records) {
  console.log(`${protocol} ${method} ${path} ${status}`);
}
const isFine = code === 0 && made.join() === wanted.join();
console.log(isFine ? "passed" : `FAILED: exit code ${code}, wanted ${wanted.join(", ")}`);
process.exitCode = isFine ? 0 : 1;
