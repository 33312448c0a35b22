/** A text that sorts and starts as the bytes of the given one do; texts of JavaScript sort by UTF-16 units. */
export function byteKey(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** Values that are kept in the byte order of their names. */
export interface ByteOrdered<T> {
  readonly get: (name: string) => T | undefined;
  readonly set: (name: string, value: T) => void;
  readonly delete: (name: string) => void;
  readonly clear: () => void;
  readonly size: () => number;
  /** Values in order, by the start of their names, and only those after a name. */
  readonly walk: (prefix: string, after: string) => Iterable<T>;
}

/** An empty {@link ByteOrdered}. Inserting moves memory, which is cheap for as many values as a mock holds. */
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
      // The empty cursor lies before every name, but it may also be a name's own start.
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
