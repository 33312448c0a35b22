interface Followers {
  readonly all: Set<() => void>;
  readonly tell: () => void;
}

/** By signal. One listener for all: from the eleventh on, Node.js takes them for a leak and warns. */
const followers: WeakMap<AbortSignal, Followers> = new WeakMap();

/**
 * Calls back when a signal is aborted.
 *
 * @returns ends that
 */
export function onAbort(signal: AbortSignal | undefined, aborted: () => void): () => void {
  if (signal === undefined) return () => {};
  const { all, tell } = followers.get(signal) ?? start(signal);
  all.add(aborted);
  return () => {
    if (!all.delete(aborted) || all.size > 0) return;
    signal.removeEventListener("abort", tell);
    followers.delete(signal);
  };
}

function start(signal: AbortSignal): Followers {
  const all = new Set<() => void>();
  const tell = (): void => {
    for (const aborted of [...all]) aborted();
  };
  signal.addEventListener("abort", tell);
  followers.set(signal, { all, tell });
  return { all, tell };
}
