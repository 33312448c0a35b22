import type { Json } from "../model/api.js";
import type { Node } from "../spec/node.js";
import type { Comparison, OperationPair } from "./compare.js";
import { contentDrafts } from "./compare-bodies.js";
import { schemaDrafts } from "./compare-schemas.js";
import { type Draft, type Part, partName } from "./draft.js";
import { noteDraft } from "./notes.js";
import { type Operation, type Response, readOperations } from "./operations.js";
import type { RuleId } from "./rules/all.js";
import type { Direction } from "./schema-view.js";

/** Changes of the responses of an operation: statuses, media types, headers, error codes, bodies. */
export function responseDrafts(comparison: Comparison, pair: OperationPair): readonly Draft[] {
  const { key, old: before, new: after } = pair;
  const lost = [...before.responses.keys()].filter((status) => !after.responses.has(status));
  const gained = [...after.responses.keys()].filter((status) => !before.responses.has(status));
  const [lostSuccess, gainedSuccess] = [lost, gained].map((all) => all.filter(isSuccess));
  const at = after.node.get("responses") ?? after.node;
  const add = (rule: RuleId, was: string | null, now: string | null): Draft => {
    const where = was ?? now ?? "";
    const node = after.responses.get(now ?? "")?.node ?? at;
    const base = { direction: "response", operation: key, about: "" } as const;
    return { ...base, rule, was, now, at: node, where };
  };
  const [from, to] = [lostSuccess?.[0], gainedSuccess?.[0]];
  const found: Draft[] = [];
  // What a range or `default` says of a status that is not listed was said before, or still is.
  const covers = [
    ...gained.map((status) => [coverOf(before, status), status] as const),
    ...lost.map((status) => [status, coverOf(after, status)] as const),
  ];
  for (const [left, right] of covers) {
    if (left === undefined || right === undefined) continue;
    found.push(...bothDrafts(comparison, pair, left, right));
  }
  const isMoved =
    lostSuccess?.length === 1 && gainedSuccess?.length === 1 && !isRange(from) && !isRange(to);
  if (isMoved && from !== undefined && to !== undefined) {
    found.push(add("success-status-changed", from, to));
    found.push(...bothDrafts(comparison, pair, from, to));
  } else {
    for (const status of lostSuccess ?? []) {
      if (coverOf(after, status) !== undefined) continue;
      const isNarrowed = gainedSuccess?.some((one) => coverOf(before, one) === status) === true;
      const draft = add("success-status-removed", status, null);
      found.push(isNarrowed ? { ...draft, who: [] } : draft);
    }
    for (const status of gainedSuccess ?? []) found.push(add("success-status-added", null, status));
  }
  for (const status of lost.filter((one) => !isSuccess(one))) {
    const isClass = isGone(comparison, status) && /^[45]\d\d$/.test(status);
    found.push(add(isClass ? "error-class-removed" : "error-status-removed", status, null));
  }
  for (const status of gained.filter((one) => !isSuccess(one))) {
    found.push(add("error-status-added", null, status));
  }
  for (const status of before.responses.keys()) {
    if (after.responses.has(status)) found.push(...bothDrafts(comparison, pair, status, status));
  }
  return found;
}

function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

function isRange(status: string | undefined): boolean {
  return status?.endsWith("XX") === true;
}

/**
 * The range or the default that speaks of a status; absent where nothing does. Beside a listed success, the default
 * speaks of errors.
 */
function coverOf({ responses }: Operation, status: string): string | undefined {
  if (status === "DEFAULT") return undefined;
  const isOpen = !isSuccess(status) || ![...responses.keys()].some(isSuccess);
  return [`${status.slice(0, 1)}XX`, ...(isOpen ? ["DEFAULT"] : [])].find(
    (one) => one !== status && responses.has(one),
  );
}

/** Whether no operation of the new document declares this error status. */
function isGone({ new: after }: Comparison, status: string): boolean {
  return !readOperations(after).some(({ responses }) => responses.has(status));
}

function bothDrafts(
  comparison: Comparison,
  { key, old: before, new: after }: OperationPair,
  was: string,
  now: string,
): readonly Draft[] {
  const [left, right] = [before.responses.get(was), after.responses.get(now)];
  if (left === undefined || right === undefined) return [];
  const direction = after.incoming ? "request" : "response";
  const partOf = (mediaType: string): Part => ({ kind: "response", status: now, mediaType });
  const add = (rule: RuleId, old: Json, other: Json, at: Node): Draft => {
    const base = { direction: "response", operation: key, where: now } as const;
    return { ...base, rule, was: old, now: other, at, about: String(old ?? other) };
  };
  const hadBody = left.content.size > 0;
  const hasBody = right.content.size > 0;
  const bodies =
    hadBody && hasBody
      ? contentDrafts(comparison, key, direction, left.content, right.content, right.node, partOf)
      : hadBody
        ? [add("response-body-removed", "body", null, right.node)]
        : hasBody
          ? [add("response-body-added", null, "body", right.node)]
          : [];
  const codes = right.node.get("x-contract-error-codes") ?? right.node;
  return [
    ...bodies,
    ...headerDrafts(comparison, key, direction, now, left, right),
    ...left.codes
      .filter((code) => !right.codes.includes(code))
      .map((code) => add("error-code-removed", code, null, codes)),
    ...right.codes
      .filter((code) => !left.codes.includes(code))
      .map((code) => add("error-code-added", null, code, codes)),
    ...noteDraft(key, now, left.node, right.node, ["content", "headers"]),
  ];
}

function headerDrafts(
  comparison: Comparison,
  operation: string,
  direction: Direction,
  status: string,
  before: Response,
  after: Response,
): readonly Draft[] {
  const names = new Set([...before.headers.keys(), ...after.headers.keys()]);
  return [...names].flatMap((name): readonly Draft[] => {
    const [left, right] = [before.headers.get(name), after.headers.get(name)];
    const part = { kind: "header", status, name } as const;
    const where = partName(part);
    const add = (rule: RuleId, was: Json, now: Json): Draft => {
      const at = right?.node ?? after.node.get("headers") ?? after.node;
      const base = { direction: "response", operation, where, about: name } as const;
      return { ...base, rule, was, now, at };
    };
    if (right === undefined) {
      const rule = left?.required === true ? "required-header-removed" : "header-removed";
      return [add(rule, name, null)];
    }
    if (left === undefined) return [add("header-added", null, name)];
    const [was, now] = [left, right].map(({ required }) => (required ? "required" : "optional"));
    const rule = right.required ? "header-made-required" : "header-made-optional";
    const schema =
      left.schema === undefined || right.schema === undefined
        ? []
        : schemaDrafts(
            comparison,
            operation,
            part,
            comparison.schemas.of([left.schema], [right.schema], direction),
          );
    return [
      ...(was === now ? [] : [add(rule, was ?? null, now ?? null)]),
      ...schema,
      ...noteDraft(operation, where, left.node, right.node, ["required", "schema", "content"]),
    ];
  });
}
