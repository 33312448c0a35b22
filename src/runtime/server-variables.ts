import { checkNames } from "./names.js";

/** The variables of a server URL, by their name in its template. */
export type ServerVariables = Readonly<
  Record<
    string,
    {
      /** Name of the member of the option `variables`. */
      readonly option: string;
      /** The value without that; the empty string where it must be given. */
      readonly usual: string;
      /** The values that the contract allows; any where there are none. */
      readonly values?: readonly string[];
    }
  >
>;

/** What a URL can have in one place without leading elsewhere (RFC 3986 §2.3), and the slashes of a path. */
const plain = /^[\w.~-]+(\/[\w.~-]+)*$/;

/**
 * The URL of a server.
 *
 * @param given - the caller's values, by option
 * @throws {TypeError} names the variable that is missing, unknown, or has a value that is not allowed.
 */
export function fillServer(
  template: string,
  given: object | undefined,
  variables: ServerVariables,
): string {
  const options = Object.values(variables).map(({ option }) => option);
  checkNames(given ?? {}, options, "variables");
  return Object.entries(variables).reduce((url, [name, { option, usual, values }]) => {
    const value: unknown = Reflect.get(given ?? {}, option) ?? usual;
    const isAllowed =
      typeof value === "string" &&
      (values?.includes(value) ?? (value === usual || plain.test(value)));
    if (!isAllowed || value === "") {
      const expected = values?.join(" or ") ?? "a part of a URL: letters, digits, - . _ ~";
      throw new TypeError(`variables.${option}: expected ${expected}`);
    }
    return url.replaceAll(`{${name}}`, () => value);
  }, template);
}
