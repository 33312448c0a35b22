/** The header `Allow` of a path with these methods, in capitals: HEAD goes with GET, and OPTIONS with all. */
export function allowOf(methods: readonly string[]): string {
  return [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}
