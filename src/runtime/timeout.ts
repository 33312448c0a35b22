import { onAbort } from "./abort-listener.js";

/** Milliseconds. Longer timers fire immediately on every platform. */
export const longestTimer: number = 2 ** 31 - 1;

/**
 * Runs a function that can be aborted, within a timeout. The promise settles at the timeout or the abort even if the
 * function ignores its signal.
 *
 * @param signal - the caller's own
 * @param limit - milliseconds; `Infinity` means no timeout
 * @param late - makes the error of the timeout
 * @throws the reason of `signal`, what `late` makes, or what `run` rejects with.
 */
export function withTimeout<Value>(
  signal: AbortSignal | undefined,
  limit: number,
  late: () => Error,
  run: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const control = new AbortController();
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    if (limit <= 0) return reject(late());
    const stop = (reason: unknown): void => {
      settle();
      reject(reason);
      control.abort(reason);
    };
    const timer = limit > longestTimer ? undefined : setTimeout(() => stop(late()), limit);
    const removeListener = onAbort(signal, () => stop(signal?.reason));
    const settle = (): void => {
      clearTimeout(timer);
      removeListener();
    };
    run(control.signal).then(
      (value) => {
        settle();
        resolve(value);
      },
      (error: unknown) => {
        settle();
        reject(error);
      },
    );
  });
}

/**
 * Waits.
 *
 * @param delay - milliseconds, {@link longestTimer} at most
 * @throws the reason of `signal` once it is aborted.
 */
export function pause(signal: AbortSignal | undefined, delay: number): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(() => {
      removeListener();
      resolve();
    }, delay);
    const removeListener = onAbort(signal, () => {
      clearTimeout(timer);
      removeListener();
      reject(signal?.reason);
    });
  });
}
