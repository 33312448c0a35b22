import type { Json } from "../model/api.js";
import { compareDocuments } from "./compare.js";
import type { Change } from "./finding.js";
import { type PlaceOf, toChange } from "./findings.js";
import { proveByValue } from "./proof.js";
import { witnessSearch } from "./wire.js";

/** Compares two documents in canonical order, and proves by values what it finds. */
export function changeOf(before: Json, after: Json, placeOf: PlaceOf): Change {
  const search = witnessSearch(before, after);
  const drafts = compareDocuments(before, after);
  return toChange(drafts, (draft) => proveByValue(draft, search), placeOf);
}
