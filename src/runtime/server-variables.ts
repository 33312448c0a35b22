import { checkNames } from "./names.js";

/** The variables of a server URL, by their name in its template. */
export type ServerVariables = Readonly<
  Record<
    string,
    {
      /** Its property in the option `variables`. */
      readonly option: string;
      /** The default; an empty string if the caller must give a value. */
      readonly usual: string;
      /** The values that the contract allows. Default: any. */
      readonly values?: readonly string[];
    }
  >
>;

/** Characters that cannot change the host of a URL (RFC 3986 §2.3), and slashes within a path. */
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
