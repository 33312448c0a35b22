/**
 * Types of rules between the properties of an input. The compiler's first line names its types, so their names and
 * parameters say what is wrong: `'string' is not assignable to type 'OnlyOneOf<"exact" | "prefix">'`.
 */

declare const rule: unique symbol;

/** The type of a property that must be left out, because another of these is given. No value has it. */
export interface OnlyOneOf<Names extends string> {
  readonly [rule]: Names;
}

/** `Fields` with at least one of these properties given, and not null. */
export type AtLeastOneOf<Names extends keyof Fields, Fields> = {
  [Name in Names]-?: Fields & { readonly [One in Name]: NonNullable<unknown> };
}[Names];

/**
 * A branch for the union of an input that requires the property `Needed`, above all if the boolean `Flag` is given. No
 * value has it. It is there for the compiler's messages: a value that fits no branch of such a union is then compared
 * with the nearest of the other branches, property by property, instead of being refused as a whole.
 */
// Without the required properties, it is never the nearest branch; with the optional ones, the compiler proposes
// them for misspelt names.
export type Requires<Needed extends keyof Fields, Flag extends keyof Fields, Fields> = {
  readonly [Name in Exclude<keyof Fields, Needed> as Name extends Flag
    ? Name
    : object extends Pick<Fields, Name>
      ? Name
      : never]-?: Name extends Flag ? OnlyOneOf<never> : Fields[Name];
};
