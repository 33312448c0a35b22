/** The longest chain of causes that is shown. A chain may be circular. */
const deepest = 8;

/** Properties that errors have, their own or inherited. */
const usual: readonly string[] = ["name", "message", "stack", "code", "cause", "errors"];

/**
 * Makes a thrown value safe to show: returns it if all its properties are primitive and have no secret, otherwise a copy
 * of those that are. Errors may refer to requests and options with credentials.
 *
 * @param text - redacts a string
 */
export function toCause(thrown: unknown, text: (text: string) => string, depth = 0): unknown {
  if (typeof thrown === "string" || typeof thrown === "symbol") return text(String(thrown));
  if (isPlain(thrown)) return thrown;
  try {
    if (isError(thrown) && depth < deepest) return shown(thrown, text, depth);
  } catch {
    // Its properties may throw.
  }
  return "a value that cannot be shown";
}

function shown(error: Error, text: (text: string) => string, depth: number): Error {
  const copy = error instanceof TypeError ? new TypeError() : new Error();
  const own = Reflect.ownKeys(error);
  let isSame = error instanceof Error;
  for (const name of new Set([...usual, ...own])) {
    const value: unknown = Reflect.get(error, name);
    const isShown = isPlain(value) || name === "cause";
    let safe = isShown ? toCause(value, text, depth + 1) : undefined;
    if (name === "errors" && Array.isArray(value)) {
      const all = value.map((one) => toCause(one, text, depth + 1));
      const isAsIs = all.every((one, index) => one === value[index]);
      safe = isAsIs && Reflect.ownKeys(value).length === all.length + 1 ? value : all;
    }
    // A getter may return another cause each time, and the name of a property may be a secret.
    const isNamed = text(String(name)) === String(name);
    isSame &&=
      safe === value && isNamed && (name !== "cause" || value === undefined || own.includes(name));
    if (safe !== undefined && isNamed) {
      Object.defineProperty(copy, name, { value: safe, configurable: true });
    }
  }
  return isSame ? error : copy;
}

function isPlain(value: unknown): boolean {
  return value === null || !["object", "function"].includes(typeof value);
}

/** Whether a value is an error, also one of another realm, such as a frame or a test runner. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}
