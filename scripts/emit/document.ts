import { Document, isScalar, visit } from "yaml";
import type { Json } from "../model/api.js";
import type { DocumentForm } from "../options.js";
import type { OutputFile } from "../print/source.js";

/** Emits the bundled document as JSON, YAML or both, for servers, publishing and other tools. */
export function emitDocument(document: Json, form: DocumentForm): OutputFile[] {
  const json = (): OutputFile => ({
    path: "openapi.json",
    text: `${JSON.stringify(document, undefined, 2)}\n`,
  });
  const yaml = (): OutputFile => ({ path: "openapi.yaml", text: toYaml(document) });
  switch (form) {
    case "json":
      return [json()];
    case "yaml":
      return [yaml()];
    case "both":
      return [json(), yaml()];
    case "none":
      return [];
  }
}

function toYaml(document: Json): string {
  const yaml = new Document(document, { aliasDuplicateObjects: false });
  visit(yaml, {
    Scalar: (_, node) => {
      // Some parsers reject a block scalar that starts with white space.
      if (isScalar(node) && typeof node.value === "string" && /^\s/.test(node.value)) {
        node.type = "QUOTE_DOUBLE";
      }
    },
  });
  return yaml.toString({ lineWidth: 100 });
}
