interface Listeners {
  readonly all: Set<() => void>;
  readonly notify: () => void;
}

/** By signal. They share one listener: Node.js warns of a leak when a signal has more than ten. */
const listeners: WeakMap<AbortSignal, Listeners> = new WeakMap();

/**
 * Calls a function when a signal is aborted.
 *
 * @returns a function that removes it
 */
export function onAbort(signal: AbortSignal | undefined, aborted: () => void): () => void {
  if (signal === undefined) return () => {};
  const { all, notify } = listeners.get(signal) ?? start(signal);
  all.add(aborted);
  return () => {
    if (!all.delete(aborted) || all.size > 0) return;
    signal.removeEventListener("abort", notify);
    listeners.delete(signal);
  };
}

function start(signal: AbortSignal): Listeners {
  const all = new Set<() => void>();
  const notify = (): void => {
    for (const aborted of [...all]) aborted();
  };
  signal.addEventListener("abort", notify);
  listeners.set(signal, { all, notify });
  return { all, notify };
}
