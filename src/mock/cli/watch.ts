import { statSync } from "node:fs";

/** A watch on a file. */
export interface Watched {
  readonly close: () => void;
}

/** A string that changes when a file is written, replaced or removed. */
export function markOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join();
  } catch {
    return "none";
  }
}

/**
 * Calls back when a file is written, replaced, removed or created again. It polls, because the system's notifications
 * end when the folder is removed, and some file systems send none.
 *
 * @param since - {@link markOf} the file when it was read last
 * @param changed - is not called again before its last call has ended; then one call covers all changes meanwhile
 * @param milliseconds - interval of polling
 */
export function watchChanges(
  file: string,
  since: string,
  changed: () => Promise<void>,
  milliseconds = 250,
): Watched {
  let reported = since;
  let seen = since;
  let isBusy = false;
  const look = async (): Promise<void> => {
    const before = seen;
    seen = markOf(file);
    // Editors write in several steps, so wait until two polls see the same file.
    if (isBusy || seen !== before || seen === reported) return;
    reported = seen;
    isBusy = true;
    await changed();
    isBusy = false;
  };
  const timer = setInterval(() => void look(), milliseconds);
  return { close: () => clearInterval(timer) };
}
