import type { RequestRecord } from "./request-record.js";

/** The request records of one session, oldest first. */
export interface Journal {
  readonly add: (record: RequestRecord) => void;
  readonly list: () => readonly RequestRecord[];
  readonly clear: () => void;
  /**
   * Calls back with each new record.
   *
   * @returns a function that stops the callbacks
   */
  readonly follow: (listener: (record: RequestRecord) => void) => () => void;
}

/** The journals of all sessions, which share one limit of bytes. */
export interface Journals {
  /** Opens an empty journal. */
  readonly open: () => Journal;
  /** Drops a journal and its records. */
  readonly close: (journal: Journal) => void;
}

/** How much journals keep. */
export interface JournalLimits {
  /** The most records of one journal. */
  readonly maxJournal: number;
  /** The most bytes of all journals together. */
  readonly maxJournalBytes: number;
}

/** About how many bytes a record takes besides its strings. */
const eachBytes = 400;

/**
 * Creates an empty {@link Journals}. A journal with too many records drops its oldest; if all journals together are too
 * large, the largest drops its oldest.
 */
export function createJournals({ maxJournal, maxJournalBytes }: JournalLimits): Journals {
  const kept = new Map<Journal, { readonly records: RequestRecord[]; bytes: number }>();
  let total = 0;

  function forgetOldest(journal: { readonly records: RequestRecord[]; bytes: number }): void {
    const record = journal.records.shift();
    if (record === undefined) return;
    journal.bytes -= bytesOf(record);
    total -= bytesOf(record);
  }

  function clear(journal: { readonly records: RequestRecord[]; bytes: number }): void {
    total -= journal.bytes;
    journal.bytes = 0;
    journal.records.length = 0;
  }

  return {
    open: () => {
      const own = { records: [] as RequestRecord[], bytes: 0 };
      const listeners = new Set<(record: RequestRecord) => void>();
      const journal: Journal = {
        add: (record) => {
          own.records.push(record);
          for (const listener of listeners) listener(record);
          own.bytes += bytesOf(record);
          total += bytesOf(record);
          if (own.records.length > maxJournal) forgetOldest(own);
          while (total > maxJournalBytes) {
            const all = [...kept.values()];
            forgetOldest(all.reduce((most, next) => (next.bytes > most.bytes ? next : most), own));
          }
        },
        list: () => [...own.records],
        clear: () => clear(own),
        follow: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      };
      kept.set(journal, own);
      return journal;
    },
    close: (journal) => {
      journal.clear();
      kept.delete(journal);
    },
  };
}

/** About how many bytes a record takes: two for each character, as strings take that are not all ASCII. */
function bytesOf(record: RequestRecord): number {
  const { method, path, reason = "", code = "", violation = "", unknown = [] } = record;
  const strings = [method, path, reason, code, ...unknown];
  if (violation !== reason) strings.push(violation);
  return eachBytes + 2 * strings.reduce((sum, { length }) => sum + length, 0);
}
