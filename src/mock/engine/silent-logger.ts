import type { PrismHttpComponents } from "@stoplight/prism-http";

type Logger = PrismHttpComponents["logger"];

const nothing = (): void => {};

/**
 * A logger for Prism that logs nothing: at level info, Prism logs the Authorization header, and at other levels values
 * of the request. The server logs requests itself, without secrets.
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
  // A cast, because Prism uses only these methods of a pino logger.
} as unknown as Logger;
