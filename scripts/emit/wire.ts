import { visible } from "../print/escape.js";
import type { EmitContext, OutputFile } from "../print/source.js";

/** Emits `wire.ts`, the types of the JSON on the wire, from the output of openapi-typescript. */
export function emitWire(types: string, context: EmitContext): OutputFile {
  return { path: "wire.ts", text: `${context.header}\n\n${visible(types)}` };
}
