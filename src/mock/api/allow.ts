/** The header `Allow` for a path with these methods, in capitals. Adds HEAD if there is GET, and OPTIONS always. */
export function allowOf(methods: readonly string[]): string {
  return [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}
