/** The command was used wrongly: the program exits with code 2. */
export class UsageError extends Error {}

/**
 * Reads the value of a flag. In messages, the flag takes the place of the option that it sets.
 *
 * @throws {UsageError} if the reader throws a TypeError.
 */
export function ofFlag<T>(flag: string, option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { message } = error;
    const problem = message.startsWith(`${option}: `) ? message.slice(option.length + 2) : message;
    throw new UsageError(`${flag}: ${problem}`);
  }
}
