/** A variable of the environment; `undefined` if it is unset or empty, or if there is no environment. */
export function readEnvironment(name: string): string | undefined {
  try {
    return lookUp(name);
  } catch {
    // Deno asks for permission, which may be denied.
    return undefined;
  }
}

function lookUp(name: string): string | undefined {
  // Looked up, not imported: browsers and workers have no `process`, and bundlers must not invent one.
  const process: unknown = Reflect.get(globalThis, "process");
  const env =
    typeof process === "object" && process !== null ? Reflect.get(process, "env") : undefined;
  const value: unknown =
    typeof env === "object" && env !== null ? Reflect.get(env, name) : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}
