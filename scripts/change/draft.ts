import type { Json } from "../model/api.js";
import type { Node } from "../spec/node.js";
import type { Who } from "./finding.js";
import type { RuleId } from "./rules/all.js";
import type { SchemaPair, Step } from "./schema-pair.js";
import type { Direction } from "./schema-view.js";

/** A change that a rule has found, before anything is proven. */
export interface Draft {
  readonly rule: RuleId;
  readonly direction: Direction;
  readonly operation: string | null;
  readonly was: Json;
  readonly now: Json;
  /** Where the change stands in the new document, or the nearest place that is left there. */
  readonly at: Node;
  /** The place as callers know it. */
  readonly where: string;
  /** Tells changes of one rule at one place apart. */
  readonly about: string;
  /** Who breaks, where the rule alone cannot know. */
  readonly who?: readonly Who[];
  /** The values that the change is about; absent where no single value can show it. */
  readonly value?: ValueChange;
}

/** Which values a change is about, and where in them. */
export interface ValueChange {
  /** The whole parameter or body. */
  readonly root: SchemaPair;
  /** The way from the root to the schema that changed. */
  readonly path: readonly { readonly step: Step; readonly pair: SchemaPair }[];
  /** The part of the request or response that holds it. */
  readonly part: Part;
}

/** The part of a request or response that holds a value. */
export type Part =
  | { readonly kind: "parameter"; readonly place: string; readonly name: string }
  | { readonly kind: "body"; readonly mediaType: string }
  | { readonly kind: "response"; readonly status: string; readonly mediaType: string }
  | { readonly kind: "header"; readonly status: string; readonly name: string };

/** The place of a part as callers know it. */
export function partName(part: Part): string {
  switch (part.kind) {
    case "parameter":
      return `${part.place} ${part.name}`;
    case "body":
      return "body";
    case "response":
      return part.status;
    case "header":
      return `${part.status} header ${part.name}`;
  }
}
