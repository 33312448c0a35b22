/**
 * Proves the codecs of any documents against Ajv, and says what they lose.
 *
 *     node --import tsx test/codecs/main.ts [--runs=20] [--seed=1] [--verbose] openapi.yaml…
 */
import { loadSpec } from "../../scripts/spec/load.js";
import { prove } from "./prove.js";

const [, , ...args] = process.argv;
const option = (name: string, fallback: number): number =>
  Number(args.find((one) => one.startsWith(`--${name}=`))?.split("=")[1] ?? fallback);
const verbose = args.includes("--verbose");

for (const file of args.filter((one) => !one.startsWith("--"))) {
  const { document } = await loadSpec(file, { strict: false });
  const proof = await prove(document, option("runs", 20), option("seed", 1));
  console.log(
    `${file}: ${proof.schemas} schemas, ${proof.accepted} values accepted, ${proof.refused} refused, ` +
      `${proof.untried.length} untried, ${proof.left.length} left out, ${proof.losses.length} losses`,
  );
  for (const line of verbose ? [...proof.left, ...proof.untried] : []) console.log(`  ${line}`);
  for (const loss of proof.losses.slice(0, verbose ? 200 : 20)) console.log(`  ${loss}`);
  if (proof.losses.length > 0) process.exitCode = 1;
}
