import { statSync } from "node:fs";

/** A file that is watched. */
export interface Watched {
  readonly close: () => void;
}

/** What tells whether a file is another one than before, or has been written since; also where there is none. */
export function markOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join();
  } catch {
    return "none";
  }
}

/**
 * Calls back when a file has changed: was written, replaced by another of its name, removed, or is there again. It is
 * looked at again and again, because notices of the system end with the folder and do not come from every file system.
 *
 * @param since - {@link markOf} the file as it was read last
 * @param changed - is never called before its last call has ended; what changes meanwhile is told by one more call
 * @param milliseconds - between two looks
 */
export function watchChanges(
  file: string,
  since: string,
  changed: () => Promise<void>,
  milliseconds = 250,
): Watched {
  let told = since;
  let seen = since;
  let isBusy = false;
  const look = async (): Promise<void> => {
    const before = seen;
    seen = markOf(file);
    // Editors write in several steps: it is told when it has come to rest.
    if (isBusy || seen !== before || seen === told) return;
    told = seen;
    isBusy = true;
    await changed();
    isBusy = false;
  };
  const timer = setInterval(() => void look(), milliseconds);
  return { close: () => clearInterval(timer) };
}
