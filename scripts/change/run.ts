import type { Json } from "../model/api.js";
import { Node } from "../spec/node.js";
import { compareDocuments } from "./compare.js";
import type { Draft } from "./draft.js";
import type { Change } from "./finding.js";
import { type PlaceOf, toChange } from "./findings.js";
import { readOperations } from "./operations.js";
import { type Proof, proveByClient, proveByValue, type Witnesses } from "./proof.js";
import type { Side } from "./side.js";
import { witnessSearch } from "./wire.js";

/** Maximum number of operations whose clients are built and compiled. Beyond it, only rules and schemas decide. */
const mostOperations = 60;

/** Compares two documents in canonical order, and tests the changes with values. */
export function changeOf(before: Json, after: Json, placeOf: PlaceOf): Change {
  const { drafts, proofs } = proven(before, after);
  return toChange(drafts, (draft) => proofOf(proofs, draft), placeOf);
}

/** Compares two sides, and tests the changes with values, the old client and the compiler. */
export async function provenChangeOf(before: Side, after: Side): Promise<Change> {
  const { drafts, proofs } = proven(before.document, after.document);
  const open = drafts.filter((draft) => {
    const { who } = proofOf(proofs, draft);
    return who.some((one) => one === "reader" || one === "strict-reader" || one === "types");
  });
  // Names of types and options depend on the whole client.
  const isWhole = open.some(({ operation }) => operation === null);
  const operations = new Set(
    isWhole
      ? readOperations(new Node(before.document)).map(({ key }) => key)
      : open.flatMap(({ operation }) => operation ?? []),
  );
  if (open.length > 0 && operations.size <= mostOperations) {
    const witnesses = await witnessesOf(before, after, open, operations);
    for (const draft of open) {
      proofs.set(draft, proveByClient(draft, proofOf(proofs, draft), witnesses));
    }
  }
  return toChange(drafts, (draft) => proofOf(proofs, draft), after.placeOf);
}

function proven(
  before: Json,
  after: Json,
): { readonly drafts: readonly Draft[]; readonly proofs: Map<Draft, Proof> } {
  const search = witnessSearch(before, after);
  const drafts = compareDocuments(before, after);
  return { drafts, proofs: new Map(drafts.map((draft) => [draft, proveByValue(draft, search)])) };
}

function proofOf(proofs: ReadonlyMap<Draft, Proof>, draft: Draft): Proof {
  return proofs.get(draft) ?? { who: [], confirmed: false, undecided: true };
}

/** The old client and the compiler, for some operations. */
async function witnessesOf(
  before: Side,
  after: Side,
  drafts: readonly Draft[],
  operations: ReadonlySet<string>,
): Promise<Witnesses> {
  const [{ buildOldClient }, { generateClient }, { probeTypes }] = await Promise.all([
    import("./client.js"),
    import("./generated.js"),
    import("./types.js"),
  ]);
  const read = await buildOldClient(before, operations);
  const [old, now] = [
    await generateClient(before.document, operations),
    await generateClient(after.document, stillThere(before, after, operations)),
  ];
  const probed =
    old === undefined || now === undefined ? new Map<Draft, never>() : probeTypes(drafts, old, now);
  return { read, compiled: (draft) => probed.get(draft) ?? "unknown" };
}

/** The keys that operations have in the new document, whatever they are called there. */
function stillThere(
  before: Side,
  after: Side,
  operations: ReadonlySet<string>,
): ReadonlySet<string> {
  const [old, now] = [before, after].map(({ document }) => readOperations(new Node(document)));
  const routes = new Set(old?.filter(({ key }) => operations.has(key)).map(({ route }) => route));
  const moved = now?.filter(({ route }) => routes.has(route)).map(({ key }) => key);
  return new Set([...operations, ...(moved ?? [])]);
}
