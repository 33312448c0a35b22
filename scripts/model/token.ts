/** Whether a string is a token of HTTP (RFC 9110, section 5.6.2), as names of headers and cookies must be. */
export function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text);
}
