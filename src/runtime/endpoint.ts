/**
 * The base URL for an endpoint that a user gives: an origin gets the contract's base path, a URL with a path stays.
 *
 * @param endpoint - `https://host`, or `https://host/any/path`
 * @param defaultBaseUrl - base URL of the contract's first server; its path is the contract's base path
 * @param option - name of the option that the endpoint came from, for the error
 * @throws {TypeError} it is no http or https URL, or has credentials, a query or a fragment.
 */
export function toBaseUrl(endpoint: string, defaultBaseUrl: string, option: string): string {
  const refuse = (found: string): TypeError =>
    new TypeError(
      `${option}: expected a URL such as ${new URL(defaultBaseUrl).origin}, found ${found}`,
    );
  // What stands before an @ may be a password.
  const shown = String(endpoint).includes("@") ? "one with credentials" : JSON.stringify(endpoint);
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw refuse(shown);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refuse(shown);
  if (url.username !== "" || url.password !== "") throw refuse(shown);
  if (url.search !== "" || url.hash !== "") throw refuse("one with a query or a fragment");
  const path = url.pathname.replace(/\/+$/, "") || new URL(defaultBaseUrl).pathname;
  return `${url.origin}${path}`.replace(/\/+$/, "");
}
