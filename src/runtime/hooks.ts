/** Properties of every event. */
export interface CallEvent {
  /** The contract's `operationId`. */
  readonly operation: string;
  /** The same for all events of one call, and for no other call of this process. */
  readonly call: number;
  /** Which attempt of the call this is; the first is 1. */
  readonly attempt: number;
}

/** An attempt is about to be sent. */
export interface RequestEvent extends CallEvent {
  readonly method: string;
  readonly url: string;
  /** A copy without credentials. */
  readonly headers: Headers;
}

/** The response of an attempt has begun, with any status code; its body is not read yet. */
export interface ResponseEvent extends CallEvent {
  readonly status: number;
  /** A copy without credentials. */
  readonly headers: Headers;
  /** Milliseconds since the attempt was sent. */
  readonly duration: number;
}

/** An attempt failed, and there is another. */
export interface RetryEvent extends CallEvent {
  readonly error: Error;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
}

/** The call failed; there is no other attempt. */
export interface ErrorEvent extends CallEvent {
  /** What the call rejects with: one of our errors, or the reason of an abort. */
  readonly error: unknown;
  /** Milliseconds since the call was made. */
  readonly duration: number;
}

/**
 * Functions that observe calls, for logs and traces. They cannot change a call: the client does not wait for what they
 * return, and drops what they throw. A secret that was just issued must not be lost because a log fails.
 */
export interface Hooks {
  readonly request?: ((event: RequestEvent) => void) | undefined;
  readonly response?: ((event: ResponseEvent) => void) | undefined;
  readonly retry?: ((event: RetryEvent) => void) | undefined;
  readonly error?: ((event: ErrorEvent) => void) | undefined;
}

/**
 * Calls a hook, if there is one. The event is made only then.
 *
 * @param hooks - the object of the hook
 */
export function notify<Event>(
  hooks: Hooks,
  hook: ((event: Event) => unknown) | undefined,
  event: () => Event,
): void {
  if (hook === undefined) return;
  try {
    Promise.resolve(hook.call(hooks, event())).catch(() => {});
  } catch {
    // See `Hooks`.
  }
}
