/**
 * `true` if both types are the same to the compiler, else `false`. Assignability both ways is not enough: a new
 * optional key on one side would pass.
 */
export type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only for `true`: `export type X = Holds<Equal<A, B>>`. */
export type Holds<Fact extends true> = Fact;

/** The same members in one object, so that an intersection compares equal to what it amounts to. */
export type Flat<T> = { [Key in keyof T]: T[Key] };
