import type { PrismHttpComponents } from "@stoplight/prism-http";

type Logger = PrismHttpComponents["logger"];

const nothing = (): void => {};

/**
 * A logger for Prism that says nothing: at the level info Prism logs the Authorization header, and at others it
 * repeats values of the request. What is logged is logged by the server, without secrets.
 */
export const silentLogger: Logger = {
  fatal: nothing,
  error: nothing,
  warn: nothing,
  info: nothing,
  success: nothing,
  debug: nothing,
  trace: nothing,
  silent: nothing,
  child: () => silentLogger,
  // Prism uses these few of the many members of a pino logger.
} as unknown as Logger;
