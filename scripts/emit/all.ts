import type { Api, Json } from "../model/api.js";
import type { DocumentForm } from "../options.js";
import type { Draft, EmitContext } from "../print/source.js";
import { emitApi } from "./api.js";
import { emitClient } from "./client.js";
import { emitDocument } from "./document.js";
import { emitErrors } from "./errors.js";
import { emitIndex } from "./index.js";
import { emitModels } from "./models.js";
import { emitReference } from "./reference.js";
import { emitResources } from "./resources.js";
import { emitWebhooks } from "./webhooks.js";

/** Runs all emitters. To add one, add a file to this folder and a line here. */
export function emitAll(
  api: Api,
  document: Json,
  context: EmitContext,
  notice: string,
  form: DocumentForm,
): Draft[] {
  const resources = emitResources(api, context);
  const { hasSingles } = resources;
  return [
    ...emitDocument(document, form),
    emitReference(api, notice),
    emitClient(api, context),
    emitErrors(api, context),
    ...emitModels(api, context),
    ...resources.files,
    ...emitWebhooks(api, context),
    ...emitApi(api, context, hasSingles),
    emitIndex(api, context, hasSingles),
  ];
}
