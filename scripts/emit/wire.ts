import { visible } from "../print/escape.js";
import type { EmitContext, OutputFile } from "../print/source.js";

/** Emits `wire.ts` and its parts, the types of the JSON on the wire, from the output of openapi-typescript. */
export function emitWire(types: readonly OutputFile[], context: EmitContext): OutputFile[] {
  return types.map(({ path, text }) => {
    const gap = text.startsWith("import ") ? "\n" : "\n\n";
    return { path, text: `${context.header}${gap}${visible(text)}` };
  });
}
