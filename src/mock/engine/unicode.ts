/** The message for a string with a lone surrogate, which JSON can express and UTF-8 cannot. */
export const illFormed: string = "is not well-formed Unicode";

/** Whether UTF-8 can express a string. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
