import type { CallError } from "./errors.js";
import { InputError } from "./input-error.js";

/** How many stacks may be taken at once, and how many more in each millisecond: taking one costs some microseconds. */
const most = 16;
const perMillisecond = 2;

let left = most;
let counted = 0;
let pending = 0;

/**
 * Takes the stack of the code that makes a call, for {@link pointHome}.
 *
 * The number of stacks is limited, so that taking them does not slow down calls. While the limit is reached, a call gets a
 * stack only if other calls are pending: the program may not await each call of a burst. A loop that awaits each call
 * needs none, because the engine then knows the functions that await the call.
 */
export function takeStack(): Error | undefined {
  const now = performance.now();
  // Tests may set the clock back.
  left = Math.min(most, left + Math.abs(now - counted) * perMillisecond);
  counted = now;
  if (left >= 1) left -= 1;
  else if (pending === 0) return undefined;
  return new Error();
}

/** Counts the attempts that are pending: 1 when one begins, -1 when it has ended. */
export function countPending(change: 1 | -1): void {
  pending += change;
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
  // Where one call fails, the next may fail, too.
  left = most;
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
