import { visible } from "../print/escape.js";
import type { Draft, EmitContext } from "../print/source.js";

/** Emits `wire.ts` and its parts, the types of the JSON on the wire, from the output of openapi-typescript. */
export function emitWire(types: readonly Draft[], context: EmitContext): Draft[] {
  return types.map((draft) => {
    if (draft.formatted !== undefined) return draft;
    const gap = draft.text.startsWith("import ") ? "\n" : "\n\n";
    return { ...draft, text: `${context.header}${gap}${visible(draft.text)}` };
  });
}
