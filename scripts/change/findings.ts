import { createHash } from "node:crypto";
import { toPointer } from "../spec/problem.js";
import { bumpOf, totalBump } from "./bump.js";
import type { Draft } from "./draft.js";
import type { Change, Finding, SourcePlace, Who } from "./finding.js";
import { textOf } from "./json.js";
import type { Proof } from "./proof.js";
import { ruleOf } from "./rules/all.js";
import { ruleName } from "./rules/rule.js";
import { verdictOf } from "./verdict.js";

/** Finds a place of the bundled document in its sources. */
export type PlaceOf = (at: readonly string[]) => SourcePlace;

/** Converts proven drafts to findings, one for each change and operation. */
export function toChange(
  drafts: readonly Draft[],
  proofOf: (draft: Draft) => Proof,
  placeOf: PlaceOf,
): Change {
  const all = gather(drafts).map(({ draft, shown, places }) =>
    toFinding(shown, places, proofOf(draft), placeOf),
  );
  const unique = new Map(all.map((finding) => [finding.id, finding]));
  const findings = [...unique.values()];
  return { bump: totalBump(findings), findings };
}

/** A draft that stands for several equal ones, and the number of their places. */
interface Gathered {
  readonly draft: Draft;
  readonly shown: Draft;
  readonly places: number;
}

/**
 * Merges drafts about the same change of a schema in one operation, even if several responses use the schema. A shared
 * change that breaks no consumer is reported once for all operations.
 */
function gather(drafts: readonly Draft[]): readonly Gathered[] {
  const found = new Map<string, { draft: Draft; places: number; operations: Set<string | null> }>();
  for (const draft of drafts) {
    const { rule, direction, operation, at, about, was, now } = draft;
    const verdict = verdictOf(draft);
    const isNote = verdict.safe === "patch" && verdict.who.length === 0;
    const who = isNote ? "" : `${direction} ${operation}`;
    const key = textOf([rule, who, toPointer(at.at), about, was, now]);
    const known = found.get(key);
    if (known === undefined) {
      found.set(key, { draft, places: 1, operations: new Set([operation]) });
    } else {
      known.places += 1;
      known.operations.add(operation);
    }
  }
  return [...found.values()].map(({ draft, places, operations }) =>
    operations.size > 1
      ? { draft, shown: { ...draft, operation: null, where: shared(draft) }, places: 1 }
      : { draft, shown: draft, places },
  );
}

/** The name of a place that several operations share. */
function shared({ at }: Draft): string {
  const [, kind = "document", name = ""] = at.at;
  return at.at[0] === "components"
    ? `${kind} ${[name, ...at.at.slice(3)].join(".")}`
    : at.at.join(" ");
}

function toFinding(draft: Draft, places: number, proof: Proof, placeOf: PlaceOf): Finding {
  const { rule, direction, operation, was, now, at, about } = draft;
  const name = ruleName(ruleOf(rule), direction);
  const who: readonly Who[] = proof.who;
  const meaning = textOf([operation, draft.where, name, about, was, now]);
  const digest = createHash("sha256").update(meaning).digest("hex").slice(0, 8);
  return {
    id: [operation ?? "contract", draft.where.replaceAll(" ", "."), name, digest].join("/"),
    operation,
    who,
    bump: bumpOf(who, verdictOf(draft)),
    rule: name,
    was,
    now,
    witness: proof.witness ?? null,
    confirmed: proof.confirmed,
    place: placeOf(at.at),
    where: places > 1 ? `${draft.where} and ${places - 1} more` : draft.where,
    about,
    ...(proof.complaint !== undefined && { complaint: proof.complaint }),
    ...(proof.undecided && { undecided: true }),
  };
}
