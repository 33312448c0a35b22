import type { Api, Json, Property, Shape } from "../../scripts/model/api.js";
import { innerShapes } from "../../scripts/model/inner.js";
import { isObject } from "../../scripts/spec/canonical.js";
import { parseDateTime } from "../../src/runtime/dates.js";

/** Members that a codec may add or leave out, as documented, by name on the wire. */
export interface Allowed {
  /** What an absent member is read as: its default, or null where the schema allows null. */
  readonly filled: ReadonlyMap<string, readonly Json[]>;
  /** Members that are only read, or only written. */
  readonly dropped: ReadonlySet<string>;
  /** Members, by name in the model, that a request needs and a response does not have. */
  readonly written: ReadonlySet<string>;
}

/** What the models of an API allow. */
export function allowedBy(api: Api): Allowed {
  const filled = new Map<string, Json[]>();
  const dropped = new Set<string>();
  const written = new Set<string>();
  const fill = (name: string, value: Json): void => {
    filled.set(name, [...(filled.get(name) ?? []), value]);
  };
  const note = ({ name, wireName, required, shape, absent, access }: Property): void => {
    if (access !== undefined) dropped.add(wireName);
    if (access === "write" && required) written.add(name);
    if (absent !== undefined) fill(wireName, absent);
    else if (!required && shape.kind === "nullable") fill(wireName, null);
  };
  const walk = (shape: Shape): void => {
    if (shape.kind === "object") for (const property of shape.properties) note(property);
    for (const inner of innerShapes(shape)) walk(inner);
  };
  for (const { shape } of api.models) walk(shape);
  return { filled, dropped, written };
}

/** Where a value that was read and written again differs from what came; `undefined` where it does not. */
export function difference(
  came: Json,
  sent: Json | undefined,
  allowed: Allowed,
  at = "",
): string | undefined {
  if (Array.isArray(came)) {
    if (!Array.isArray(sent) || came.length !== sent.length) return at || "/";
    return first(
      came.map((item, index) => difference(item, sent[index], allowed, `${at}/${index}`)),
    );
  }
  if (isObject(came)) {
    if (sent === undefined || !isObject(sent)) return at || "/";
    const names = [...new Set([...Object.keys(came), ...Object.keys(sent)])];
    return first(
      names.map((name) => {
        const place = `${at}/${name}`;
        const [left, right] = [ownValue(came, name), ownValue(sent, name)];
        if (left === undefined) {
          const isFilled = allowed.filled.get(name)?.some((value) => value === right);
          return isFilled ? undefined : `${place} (added)`;
        }
        if (right === undefined) return allowed.dropped.has(name) ? undefined : `${place} (lost)`;
        return difference(left, right, allowed, place);
      }),
    );
  }
  return came === sent || isSameMoment(came, sent) ? undefined : `${at || "/"} (changed)`;
}

function ownValue(value: { readonly [key: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Dates are compared by their milliseconds. */
function isSameMoment(came: Json, sent: Json | undefined): boolean {
  if (typeof came !== "string" || typeof sent !== "string") return false;
  const [left, right] = [parseDateTime(came), parseDateTime(sent)];
  return left !== undefined && left.getTime() === right?.getTime();
}

function first(differences: readonly (string | undefined)[]): string | undefined {
  return differences.find((one) => one !== undefined);
}
