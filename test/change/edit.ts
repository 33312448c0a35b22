import type { Editable } from "./small.js";

/** Plain JSON as a part of a document that is edited. */
// An edit puts JSON where JSON was: the cast says no more than that.
export const json = (value: unknown): Editable => value as Editable;

/** The member that keys lead to. */
export const at = (document: Editable, ...keys: (string | number)[]): Editable =>
  keys.reduce<Editable>((value, key) => json(Reflect.get(value, key)), document);

/** A schema of the components, or a part of it. */
export const schema = (document: Editable, ...keys: (string | number)[]): Editable =>
  at(document, "components", "schemas", ...keys);

/** Sets a member. */
export const set = (target: Editable, key: string | number, value: unknown): void => {
  Reflect.set(target, key, json(value));
};

/** Takes a member away. */
export const drop = (target: Editable, key: string | number): void => {
  Reflect.deleteProperty(target, key);
};
