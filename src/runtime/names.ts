import { InputError } from "./input-error.js";

/**
 * Checks that options are an object without unknown properties: a misspelt option would have no effect.
 *
 * @param what - what the options are, for the error
 * @param before - goes before the name of an option in the message
 * @throws {TypeError} names the option that does not exist.
 */
export function checkNames(
  options: object,
  names: readonly string[],
  what: string,
  before: string = `${what}.`,
): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new InputError(`${what}: expected an object`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new InputError(`${before}${unknown}: no such option; expected one of ${names.join(", ")}`);
}
