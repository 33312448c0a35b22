/** Calls back when the process is told to end, once: a second signal ends a stop that hangs. */
export function whenToldToEnd(stop: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  whenNpmEnds(stop);
}

/** `kill` of `npm run` ends npm and its shell, but not what the shell has started: we notice that it is gone. */
function whenNpmEnds(stop: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}
