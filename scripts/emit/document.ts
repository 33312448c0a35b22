import { stringify } from "yaml";
import type { Json } from "../model/api.js";
import type { OutputFile } from "../print/source.js";

/** Emits the bundled document as JSON and as YAML: what is served, published and read by other tools. */
export function emitDocument(document: Json): OutputFile[] {
  return [
    { path: "openapi.json", text: `${JSON.stringify(document, undefined, 2)}\n` },
    {
      path: "openapi.yaml",
      text: stringify(document, { aliasDuplicateObjects: false, lineWidth: 100 }),
    },
  ];
}
