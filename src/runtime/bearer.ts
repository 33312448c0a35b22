import { InputError } from "./input-error.js";

/** Common mistakes, the most specific first, and what to do about them. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [/^$/, "an empty string"],
  [/^(authorization:\s*)?bearer(\s|$)/i, 'the prefix "Bearer": pass the token alone'],
  [/[\r\n]$/, "a line break at the end: trim it"],
  [/^\s|\s$/, "white space around it: trim it"],
  [/\s/, "white space inside it: pass one token"],
  [/^(["'`]).*\1$/, "quotation marks around it: remove them"],
  [/[^!-~]/, "a character that is not visible ASCII: copy the token again"],
];

/**
 * Checks a bearer token before it becomes a header: `fetch` would fail later, with an error that shows the secret.
 *
 * @param option - name of the option or variable that has the token; the error begins with it
 * @throws {TypeError} says what was found and what to do, and never shows the token.
 */
export function checkToken(token: unknown, option: string): string {
  const found =
    typeof token === "string"
      ? mistakes.find(([mistake]) => mistake.test(token))?.[1]
      : `a value of type ${token === null ? token : typeof token}`;
  if (typeof token === "string" && found === undefined) return token;
  throw new InputError(
    `${option}: expected a token of visible ASCII characters without spaces, found ${found}`,
  );
}
