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
 * A member for the union of an input whose boolean property `Flag` needs the property `Needed`. No value has it: it
 * lacks `Needed`, so that the compiler compares with the best of the other members, property by property, instead of
 * reporting the whole argument.
 */
export type Unmatched<Flag extends keyof Fields, Needed extends keyof Fields, Fields> = Omit<
  Fields,
  Flag | Needed
> & { readonly [One in Flag]: OnlyOneOf<never> };
