/** Most names that are remembered; the largest documents have about 30,000. */
const most = 200_000;

/** A function of a name that remembers what it gave: documents use the same names over and over. */
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
