import { visible } from "../print/escape.js";
import type { EmitContext, OutputFile } from "../print/source.js";

/** Emits `wire.ts`, what travels, from the text that openapi-typescript has made of the document. */
export function emitWire(types: string, context: EmitContext): OutputFile {
  return { path: "wire.ts", text: `${context.header}\n\n${visible(types)}` };
}
