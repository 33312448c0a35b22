/** How many errors below one another are looked at; a chain may be a circle. */
const deepest = 8;

/** What errors have, be it their own or their class's. */
const usual: readonly string[] = ["name", "message", "stack", "code", "cause", "errors"];

/**
 * What somebody threw, as it can be shown: itself where all that it says is plain and holds no secret, else a copy of
 * what is. Errors carry requests and options about, with credentials in them.
 *
 * @param text - takes secrets out of a text
 */
export function toCause(thrown: unknown, text: (text: string) => string, depth = 0): unknown {
  if (typeof thrown === "string" || typeof thrown === "symbol") return text(String(thrown));
  if (isPlain(thrown)) return thrown;
  try {
    if (isError(thrown) && depth < deepest) return shown(thrown, text, depth);
  } catch {
    // Its members can throw when they are read.
  }
  return "what can be shown is no error";
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
    // A cause that is computed may be another one each time, and the name of a member may be a secret.
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

/** Also one of another realm, such as a frame or a test runner's. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}
