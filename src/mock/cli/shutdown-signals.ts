const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls back when the process is told to end, once: a second signal, of either kind, ends a stop that hangs.
 *
 * @returns ends the listening
 */
export function onShutdown(stop: () => void): () => void {
  const leave = (): void => {
    for (const signal of signals) process.off(signal, told);
  };
  const told = (): void => {
    leave();
    stop();
  };
  for (const signal of signals) process.on(signal, told);
  onEndOfNpm(stop);
  return leave;
}

/** `kill` of `npm run` ends npm and its shell, but not what the shell has started: we notice that it is gone. */
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
