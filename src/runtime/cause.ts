/** How many errors below one another are looked at; a chain may be a circle. */
const deepest = 8;

/**
 * What somebody threw, as it can be shown: itself where all that it says is plain and holds no secret, else a copy of
 * what is. Errors carry requests and options about, with credentials in them.
 *
 * @param text - takes secrets out of a text
 */
export function toCause(thrown: unknown, text: (text: string) => string, depth = 0): unknown {
  if (isPlain(thrown)) return typeof thrown === "string" ? text(thrown) : thrown;
  try {
    if (isError(thrown) && depth < deepest) return shown(thrown, text, depth);
  } catch {
    // Its members can throw when they are read.
  }
  return "what can be shown is no error";
}

function shown(error: Error, text: (text: string) => string, depth: number): Error {
  const copy = new Error();
  let isSame = error instanceof Error;
  for (const name of ["name", ...Reflect.ownKeys(error)]) {
    const value: unknown = Reflect.get(error, name);
    const safe =
      name === "errors" && Array.isArray(value)
        ? value.map((one) => toCause(one, text, depth + 1))
        : isPlain(value) || name === "cause"
          ? toCause(value, text, depth + 1)
          : undefined;
    isSame &&= Array.isArray(safe)
      ? safe.every((one, index) => one === Object(value)[index])
      : safe === value;
    if (safe !== undefined) Object.defineProperty(copy, name, { value: safe, configurable: true });
  }
  return isSame ? error : copy;
}

function isPlain(value: unknown): boolean {
  return value === null || !["object", "function"].includes(typeof value);
}

/** Also one of another realm, such as a frame or a test runner's. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}
