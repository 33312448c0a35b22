/** Checks of a release: changesets must plan a large enough release, and approvals must be valid. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { highest, isLess } from "./bump.js";
import type { Bump, Change } from "./finding.js";
import { inOrder, short } from "./print/lines.js";
import type { Report } from "./report.js";

/** A breaking change that the contract owners accept. */
export interface Approval {
  /** Id of the finding. */
  readonly id: string;
  readonly why: string;
  /** The last day on which it is valid, such as `2100-12-31`. */
  readonly until: string;
}

/** The list of approvals cannot be read. */
export class ApprovalError extends Error {
  override readonly name = "ApprovalError";
}

/** Reads `approved.json` next to a document; empty if there is no such file. */
export function readApprovals(document: string): readonly Approval[] {
  const file = path.join(path.dirname(document), "approved.json");
  if (!existsSync(file)) return [];
  const list = parsed(file);
  if (!Array.isArray(list))
    throw new ApprovalError(`${file}: expected a list of { id, why, until }`);
  return list.map((entry: unknown) => {
    // The entry can be any JSON value. Each property is checked below.
    const { id, why, until } = (entry ?? {}) as Partial<Record<string, unknown>>;
    const isDate = typeof until === "string" && /^\d{4}-\d\d-\d\d$/.test(until);
    if (typeof id !== "string" || typeof why !== "string" || why.length < 10 || !isDate) {
      const wanted = "id, why (a sentence) and until (a date such as 2100-12-31)";
      throw new ApprovalError(`${file}: an entry needs ${wanted}: ${JSON.stringify(entry)}`);
    }
    return { id, why, until };
  });
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ApprovalError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Ids of breaking changes that an approval accepts today. The release must be as large nevertheless. */
export function approvedIds(
  { findings }: Change,
  approvals: readonly Approval[],
  today: string,
): readonly string[] {
  const held = new Set(approvals.filter(({ until }) => until >= today).map(({ id }) => id));
  return findings.filter(({ id }) => held.has(id)).map(({ id }) => id);
}

/** Invalid approvals, each as a sentence. */
export function staleApprovals(
  { findings }: Change,
  approvals: readonly Approval[],
  today: string,
): readonly string[] {
  return approvals.flatMap(({ id, until }) => {
    if (until < today) return [`the approval of ${id} expired on ${until}`];
    const isUsed = findings.some((finding) => finding.id === id && finding.bump === "major");
    return isUsed
      ? []
      : [`the approval of ${id} accepts nothing: there is no such breaking change`];
  });
}

/** The release that a project plans: the largest bump of its changesets and of its version since the base. */
export function plannedBump(root: string, name: string, released: string, version: string): Bump {
  const folder = path.join(root, ".changeset");
  const files = existsSync(folder)
    ? readdirSync(folder).filter((file) => file.endsWith(".md"))
    : [];
  const bumps = files.flatMap((file): Bump[] => {
    const [, head = ""] =
      /^---\r?\n(.*?)\r?\n---/s.exec(readFileSync(path.join(folder, file), "utf8")) ?? [];
    const releases: unknown = parse(head);
    if (typeof releases !== "object" || releases === null) return [];
    const planned: unknown = Reflect.get(releases, name);
    return planned === "major" || planned === "minor" || planned === "patch" ? [planned] : [];
  });
  return highest([...bumps, raisedBy(released, version)]);
}

/** The part of a version that was raised. */
export function raisedBy(from: string, to: string): Bump {
  const [before, after] = [from, to].map((version) =>
    (version.split(/[-+]/)[0] ?? "").split(".").map(Number),
  );
  const parts = ["major", "minor", "patch"] as const;
  return parts.find((_, index) => (after?.[index] ?? 0) !== (before?.[index] ?? 0)) ?? "none";
}

/** Reasons to refuse a release, each as a sentence; empty if there are none. */
export function refusals(
  report: Report,
  planned: Bump,
  stale: readonly string[],
): readonly string[] {
  const { release, change } = report;
  if (!isLess(planned, release)) return stale;
  const [worst] = inOrder(change.findings);
  const proof =
    worst === undefined
      ? ""
      : `: ${worst.operation ?? "the whole contract"} ${worst.where} ${
          worst.witness === null ? worst.rule : `(${worst.rule}), shown by ${short(worst.witness)}`
        }`;
  const plan = planned === "none" ? "no release is planned" : `a ${planned} release is planned`;
  return [`the change needs a ${release} release, and ${plan}${proof}`, ...stale];
}
