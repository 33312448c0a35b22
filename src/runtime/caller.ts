import type { CallError } from "./errors.js";
import { InputError } from "./input-error.js";

/** Milliseconds from one stack to the next: to take one costs some microseconds, which nobody must feel. */
const interval = 1;

let taken = Number.NEGATIVE_INFINITY;

/**
 * Takes the stack of the program that makes a call, for {@link pointHome}.
 *
 * A call that follows another within a millisecond gets none. If it fails, the engine knows the functions that await it.
 */
export function takeStack(): Error | undefined {
  const now = performance.now();
  // The clock of a test may go back.
  if (Math.abs(now - taken) < interval) return undefined;
  taken = now;
  return new Error();
}

/**
 * Gives an error the stack of the call that it belongs to. Most errors are made when a response has arrived. Their own
 * stack then has lines of this package alone, and none of the program that made the call.
 *
 * @param name - the method as it was called; the message of an `InputError` gets it as its beginning
 * @param caller - made when the method was called. The engine writes its stack out only if it is read. Default: made
 *   here, with the lines of the functions that await the function that calls this one.
 */
export function pointHome(
  error: CallError | InputError,
  name: string,
  caller: Error = new Error(),
): void {
  if (error instanceof InputError) error.message = `${name}: ${error.message}`;
  const stack: unknown = caller.stack;
  if (typeof stack !== "string") return;
  Object.defineProperty(error, "stack", {
    // Engines whose stacks begin with the error itself say "Error" or "Error: " here.
    value: stack.replace(/^Error:? ?(?=\n|$)/, () => `${error.name}: ${error.message}`),
    configurable: true,
    writable: true,
  });
}
