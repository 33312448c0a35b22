import { watch } from "node:fs";
import path from "node:path";
import type { Options } from "./options.js";
import { shownPath } from "./project.js";
import { say } from "./report.js";

/** Editors write a file in several steps; a run starts when it has been quiet for this long, in milliseconds. */
const quiet = 100;

/**
 * Generates now and after every save in the folder of the document, until the process is told to stop. A run that
 * fails says why and leaves the output as it was.
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
  const schedule = (file: string | null): void => {
    if (file !== null && isOutput(path.join(folder, file), out)) return;
    clearTimeout(timer);
    timer = setTimeout(start, quiet);
  };

  return new Promise((resolve) => {
    const watcher = watch(folder, { recursive: true }, (_event, file) => schedule(file));
    const stop = (): void => {
      clearTimeout(timer);
      watcher.close();
      resolve(0);
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    void start();
  });
}

function isOutput(file: string, out: string): boolean {
  return !path.relative(out, file).startsWith("..");
}
