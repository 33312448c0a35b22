/** Loaded into a process (`--import`, with `--expose-gc` and a channel): tells what is still in use whenever it is asked. */
process.on("message", () => {
  globalThis.gc();
  globalThis.gc();
  process.send(process.memoryUsage().heapUsed);
});
// Being asked is no reason to stay.
process.channel.unref();
