import { InputError } from "./input-error.js";

/**
 * Checks that options are an object with no others than these: one that is misspelt would be without effect.
 *
 * @param what - what the options are, for the error
 * @param before - what stands before the name of an option there
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
  throw new InputError(`${before}${unknown}: no such option; there are ${names.join(", ")}`);
}
