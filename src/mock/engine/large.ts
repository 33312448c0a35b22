/** The most values within a value that is not large. */
const most = 5000;

/**
 * Whether a value contains very many others. One that does may violate its schema in as many places, and each costs time
 * and memory, so only the first one is looked for.
 */
export function isLarge(value: unknown): boolean {
  let count = 0;
  const waiting: unknown[] = [value];
  // A loop, because recursion could overflow the stack.
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    const inner = Array.isArray(next) ? next : Object.values(next);
    count += inner.length;
    if (count > most) return true;
    for (const one of inner) if (typeof one === "object" && one !== null) waiting.push(one);
  }
  return false;
}
