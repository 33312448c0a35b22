/** Wrong use of the command. */
export class UsageError extends Error {}

/**
 * Reads what a flag gives. What is wrong with it is told of the flag, as it was written, and not of the option that it
 * becomes.
 *
 * @throws {UsageError} the reader threw a TypeError.
 */
export function ofFlag<T>(flag: string, option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { message } = error;
    const words = message.startsWith(`${option}: `) ? message.slice(option.length + 2) : message;
    throw new UsageError(`${flag}: ${words}`);
  }
}
