/**
 * Values of a newer server that the contract does not list. The client reads them, so that one does not fail the response
 * around it, and they can be sent back.
 */

import { asNumber, asString } from "./check.js";

/**
 * A string that the contract does not list, as it came: an ordinary string at run time.
 *
 * A `switch` must handle it, and a misspelt literal does not match it. To send a value that is newer than this
 * version, cast it: `"rename-stream" as UnrecognizedString`. To compare one with a literal, make it a `string` first.
 */
// An enum is the only kind of string type that the compiler keeps apart from every literal: with any other brand, a
// `switch` would not narrow. It exists in types alone, and the entry exports it as a type.
export declare enum UnrecognizedString {
  Any = "a string that the contract does not list",
}

/** A number that the contract does not list, as it came; see {@link UnrecognizedString}. */
export declare enum UnrecognizedNumber {
  // No contract lists it, and no literal is assignable to another one.
  Any = -1.5e300,
}

/** Marks an {@link UnrecognizedVariant}. Two copies of the package share it, and spread copies it. */
const mark: unique symbol = Symbol.for("unrecognized variant");

/**
 * A variant of a union that the contract does not list. It can be sent back, but not created by a program.
 *
 * @typeParam Absent - the properties that tell the listed variants apart; it has none of them
 */
export type UnrecognizedVariant<Absent extends string = never> = {
  /** What the server sent, with the names of the wire. */
  readonly raw: unknown;
  readonly [mark]: true;
} & { readonly [Name in Exclude<Absent, "raw">]?: never };

/** An {@link UnrecognizedVariant} of a union whose variants differ in the value of one property. */
export type UnrecognizedTag<
  Tag extends string,
  Value extends UnrecognizedString | UnrecognizedNumber,
> = UnrecognizedVariant & { readonly [Name in Exclude<Tag, "raw">]: Value };

/** A string that claims to be one that the contract lists, and may be another. */
export function asOpenString<Listed extends string>(
  value: unknown,
  key?: string,
): Listed | UnrecognizedString {
  // Any string is one or the other.
  return asString(value, key) as Listed | UnrecognizedString;
}

/** A number that claims to be one that the contract lists, and may be another. */
export function asOpenNumber<Listed extends number>(
  value: unknown,
  key?: string,
): Listed | UnrecognizedNumber {
  // Any finite number is one or the other.
  return asNumber(value, key) as Listed | UnrecognizedNumber;
}

/** Reads a variant that the contract does not list. */
export function keepVariant(raw: unknown): UnrecognizedVariant {
  return { raw, [mark]: true };
}

/** Reads an object whose `tag` has a value that the contract does not list. */
export function keepTagged<
  Tag extends string,
  Value extends UnrecognizedString | UnrecognizedNumber,
>(raw: unknown, tag: Tag, value: Value): UnrecognizedTag<Tag, Value> {
  const kept = { [tag]: value, ...keepVariant(raw) };
  // The compiler does not see that the computed key is the tag.
  return kept as UnrecognizedVariant as UnrecognizedTag<Tag, Value>;
}

/**
 * Whether a value is a variant that the contract of this version does not list.
 *
 * @example
 * ```ts
 * import { isUnrecognized } from "s2-token-contract";
 *
 * function show(value: unknown): string {
 *   return isUnrecognized(value) ? JSON.stringify(value.raw) : String(value);
 * }
 * ```
 */
export function isUnrecognized(value: unknown): value is UnrecognizedVariant {
  return typeof value === "object" && value !== null && Reflect.get(value, mark) === true;
}
