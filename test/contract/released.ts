import { readFileSync } from "node:fs";
import type { Check } from "./checks/check.js";
import { type JsonObject, parseDocument } from "./read-document.js";

/** A check of the last release that the contract at hand does not keep, on purpose. */
export interface Change {
  readonly suite: string;
  readonly check: string;
  readonly why: string;
}

/** The bundled document of the last release: what its clients and servers rely on. */
export const released: JsonObject = read("frozen/openapi.json");

/** The bundled document as it is generated now. */
export const current: JsonObject = read("../../generated/openapi.json");

/** What has changed on purpose since the last release. Emptied when a release renews the frozen document. */
export const changes: readonly Change[] = JSON.parse(text("frozen/changed.json"));

/** The entry that allows a check to fail; `undefined` where it must hold. */
export function changeOf({ suite, name }: Check): Change | undefined {
  return changes.find((change) => change.suite === suite && change.check === name);
}

function read(file: string): JsonObject {
  return parseDocument(text(file));
}

function text(file: string): string {
  return readFileSync(new URL(file, import.meta.url), "utf8");
}
