const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls back once when a signal asks the process to end. Any second signal ends the process, in case the stop hangs.
 *
 * @returns a function that stops listening
 */
export function onShutdown(stop: () => void): () => void {
  const leave = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  const onSignal = (): void => {
    leave();
    stop();
  };
  for (const signal of signals) process.on(signal, onSignal);
  onEndOfNpm(stop);
  return leave;
}

/** Calls back when the parent shell is gone: `kill` of `npm run` ends npm and its shell, but not this process. */
function onEndOfNpm(stop: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}
