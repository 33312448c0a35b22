import path from "node:path";
import { watch } from "chokidar";
import type { Options } from "./options.js";
import { shownPath } from "./project.js";
import { say } from "./report.js";

/** Editors save a file in several steps. A run starts after this time without changes, in milliseconds. */
const quiet = 100;

/**
 * Generates now and after every save in the folder of the document, until SIGINT or SIGTERM. A failed run prints its
 * error and leaves the output unchanged.
 */
export function watchSpec({ spec, out }: Options, run: () => Promise<number>): Promise<number> {
  const folder = path.dirname(spec);
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let isDue = false;

  const start = async (): Promise<void> => {
    if (isRunning) {
      isDue = true;
      return;
    }
    isRunning = true;
    do {
      isDue = false;
      await run().catch((error: unknown) => {
        say(error instanceof Error ? error.message : String(error));
        say(`${shownPath(out)} keeps the last good output`);
      });
      say(`watching ${shownPath(folder)}`);
    } while (isDue);
    isRunning = false;
  };
  const schedule = (): void => {
    clearTimeout(timer);
    timer = setTimeout(start, quiet);
  };

  return new Promise((resolve, reject) => {
    // Not fs.watch: on Linux, its recursive mode loses files that are replaced by a rename, as many editors do.
    const watcher = watch(folder, { ignoreInitial: true, ignored: (file) => isOutput(file, out) });
    const stop = (): void => {
      clearTimeout(timer);
      watcher.close().then(() => resolve(0), reject);
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    watcher.on("all", schedule);
    // The first run starts when the watcher is ready, so that it misses no save.
    watcher.once("ready", () => void start());
    watcher.once("error", reject);
  });
}

function isOutput(file: string, out: string): boolean {
  return !path.relative(out, file).startsWith("..");
}
