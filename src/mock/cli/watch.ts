import { statSync } from "node:fs";

/** A watch on files. */
export interface Watched {
  readonly close: () => void;
}

/** A string that changes when one of the files is written, replaced or removed. */
export function markOf(files: readonly string[]): string {
  return files.map(markOfFile).join();
}

function markOfFile(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(" ");
  } catch {
    return "none";
  }
}

/** What is watched, and how. */
export interface WatchOptions {
  /** The files; `changed` may change which. */
  readonly files: () => readonly string[];
  /** {@link markOf} the files when they were read last. */
  readonly since: string;
  /** Is not called again before its last call has ended; then one call covers all changes meanwhile. */
  readonly changed: () => Promise<void>;
  /** Interval of polling. Default 250. */
  readonly milliseconds?: number;
}

/**
 * Calls back when a file is written, replaced, removed or created again. It polls, because the system's notifications
 * end when the folder is removed, and some file systems send none.
 */
export function watchChanges({ files, since, changed, milliseconds = 250 }: WatchOptions): Watched {
  let watched = files();
  let reported = since;
  let seen = since;
  let isBusy = false;
  const look = async (): Promise<void> => {
    const before = seen;
    seen = markOf(watched);
    // Editors write in several steps, so wait until two polls see the same files.
    if (isBusy || seen !== before || seen === reported) return;
    reported = seen;
    isBusy = true;
    await changed();
    isBusy = false;
    const next = files();
    if (next.join("\n") === watched.join("\n")) return;
    const isSame = markOf(watched) === reported;
    watched = next;
    seen = markOf(watched);
    // Changes meanwhile need one more call.
    reported = isSame ? seen : "";
  };
  const timer = setInterval(() => void look(), milliseconds);
  return { close: () => clearInterval(timer) };
}
