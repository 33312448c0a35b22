/** What is said of a text with half of a character in it; JSON can write one, and UTF-8 has no form for it. */
export const illFormed: string = "is not well-formed Unicode";

/** Whether a text has a form in UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
