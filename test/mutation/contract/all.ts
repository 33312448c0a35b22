import type { JsonObject } from "../../contract/read-document.js";
import { extensionMutants } from "./extensions.js";
import type { Mutant } from "./mutant.js";
import { siteMutants } from "./operations.js";
import { schemaMutants } from "./schemas.js";
import { sitesOf } from "./sites.js";

/** Every mutant of a bundled document, in the order of its places. */
export function contractMutants(document: JsonObject): readonly Mutant[] {
  return sitesOf(document).flatMap((site) => [
    ...siteMutants(site),
    ...(site.kind === "schema" ? schemaMutants(document, site) : []),
    ...extensionMutants(site),
  ]);
}
