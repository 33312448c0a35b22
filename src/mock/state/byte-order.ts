/**
 * Maps a string to a key: keys compare by UTF-8 bytes, and so do their prefixes. JavaScript compares strings by UTF-16
 * units.
 */
export function byteKey(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** A map that keeps its values in the byte order of their names. */
export interface ByteOrdered<T> {
  readonly get: (name: string) => T | undefined;
  readonly set: (name: string, value: T) => void;
  readonly delete: (name: string) => void;
  readonly clear: () => void;
  readonly size: () => number;
  /** The values whose names start with `prefix` and come after `after`, in order. */
  readonly walk: (prefix: string, after: string) => Iterable<T>;
}

/**
 * Creates an empty {@link ByteOrdered}. An insert moves array items, which is cheap for as many values as a mock holds.
 */
export function byteOrdered<T>(): ByteOrdered<T> {
  const values = new Map<string, T>();
  const keys: string[] = [];
  return {
    get: (name) => values.get(byteKey(name)),
    set: (name, value) => {
      const key = byteKey(name);
      if (!values.has(key)) keys.splice(firstFrom(keys, key), 0, key);
      values.set(key, value);
    },
    delete: (name) => {
      const key = byteKey(name);
      if (values.delete(key)) keys.splice(firstFrom(keys, key), 1);
    },
    clear: () => {
      values.clear();
      keys.length = 0;
    },
    size: () => values.size,
    *walk(prefix, after) {
      const start = byteKey(prefix);
      const cursor = byteKey(after);
      // Compared with `>` below: a name that equals the cursor is left out, and an empty cursor comes before all names.
      const from = Math.max(firstFrom(keys, start), firstFrom(keys, cursor));
      for (let index = from; index < keys.length; index += 1) {
        const key = keys[index] ?? "";
        if (!key.startsWith(start)) return;
        const value = values.get(key);
        if (key > cursor && value !== undefined) yield value;
      }
    },
  };
}

/** The index of the first key that is not less than the given one. */
function firstFrom(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
