/** Maximum number of cached names. The largest documents have about 30,000. */
const most = 200_000;

/** Caches the results of a function of a name, because documents use the same names often. */
export function remembered<T>(work: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const made = work(name);
    known.set(name, made);
    return made;
  };
}
