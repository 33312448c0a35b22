import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Finding } from "../../scripts/change/finding.js";
import { approvedIds, readApprovals } from "../../scripts/change/gate.js";
import { changeOf } from "../../scripts/change/run.js";
import type { Check } from "./checks/check.js";
import { contractFile, type JsonObject, parseDocument } from "./read-document.js";

/** The bundled document of the last release: what its clients and servers rely on. */
export const released: JsonObject = read("frozen/openapi.json");

/** The bundled document as it is generated now. */
export const current: JsonObject = read("../../generated/openapi.json");

/** What has changed since the last release, by the rules alone: each finding may explain checks that fail. */
export const findings: readonly Finding[] = findingsBetween(released, current);

/** Breaks that `openapi/approved.json` accepts today. */
export const approved: ReadonlySet<string> = new Set(
  approvedIds(
    { bump: "none", findings },
    readApprovals(contractFile("openapi.yaml")),
    new Date().toISOString().slice(0, 10),
  ),
);

/** Every change between two documents. */
export function findingsBetween(before: JsonObject, after: JsonObject): readonly Finding[] {
  const file = path.relative(
    process.cwd(),
    fileURLToPath(new URL("../../generated/openapi.json", import.meta.url)),
  );
  return changeOf(before, after, (at) => ({ file, line: 1, pointer: `#/${at.join("/")}` }))
    .findings;
}

/**
 * The changes that may make a check of the last release fail: those of the operations that it exercises or names, and
 * those of the contract as a whole. Texts alone make none fail, but for examples.
 */
export function explanationsOf(
  { name, touches }: Pick<Check, "name" | "touches">,
  all: readonly Finding[] = findings,
): readonly Finding[] {
  const touched = new Set(touches.map(({ operationId }) => operationId));
  return all.filter(({ operation, bump, about, rule }) => {
    if (bump === "patch" && !about.includes("example")) return false;
    const isWhole = operation === null || /^(operation|error-code)-/.test(rule);
    return isWhole || touched.has(operation) || name.includes(operation);
  });
}

function read(file: string): JsonObject {
  return parseDocument(readFileSync(new URL(file, import.meta.url), "utf8"));
}
