/**
 * Calls every operation of any documents against a server that answers as they say, and says which calls fail.
 *
 *     node --import tsx test/calls/main.ts [--verbose] openapi.yaml…
 */
import { buildApi } from "../../scripts/model/build.js";
import { loadSpec } from "../../scripts/spec/load.js";
import { tryCalls } from "./try.js";

const args = process.argv.slice(2);
const verbose = args.includes("--verbose");
for (const file of args.filter((one) => !one.startsWith("--"))) {
  const { document, locate, findings } = await loadSpec(file, { strict: false });
  const { api } = buildApi(document, { strict: false, locate, findings });
  const { calls, failures, untried } = await tryCalls(api, document);
  console.log(`${file}: ${calls} calls, ${failures.length} failures, ${untried.length} untried`);
  for (const line of failures.slice(0, verbose ? 1000 : 20)) console.log(`  ${line}`);
  for (const line of verbose ? untried : []) console.log(`  untried: ${line}`);
  if (failures.length > 0) process.exitCode = 1;
}
