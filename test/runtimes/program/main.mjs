/** The smoke program for platforms that run a file: its setting is the argument, its last line what came of it. */
import { smoke } from "./smoke.mjs";

console.log(JSON.stringify(await smoke(JSON.parse(globalThis.process.argv[2]))));
