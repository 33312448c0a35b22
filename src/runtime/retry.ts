import { ApiError, type CallError } from "./errors.js";
import type { OperationSpec } from "./operation.js";
import type { Policy } from "./policy.js";

/** Methods that may be repeated even if the first attempt was applied (RFC 9110 §9.2.2; QUERY is safe by definition). */
const idempotent: RegExp = /^(GET|HEAD|OPTIONS|QUERY|TRACE|PUT|DELETE)$/;

/** Whether another attempt may succeed and does no harm. */
export function isWorthRetrying(error: CallError, operation: OperationSpec): boolean {
  return error.retryable && (error.outcome === "none" || isIdempotent(operation));
}

/** Whether an operation that is applied twice has the effect of one that is applied once. */
export function isIdempotent({ method }: OperationSpec): boolean {
  return idempotent.test(method);
}

/** Milliseconds before the next attempt: what the server asks for, else exponential backoff with jitter. */
export function delayAfter(error: CallError, attempt: number, { retry }: Policy): number {
  const asked = error instanceof ApiError ? retryAfter(error.headers) : undefined;
  if (asked !== undefined) return asked;
  const base = Math.min(retry.baseDelay * 2 ** (attempt - 1), retry.maxDelay);
  return base + Math.random() * base;
}

/** Milliseconds by `retry-after-ms`, else by `Retry-After` in seconds or as a date (RFC 9110 §10.2.3). */
function retryAfter(headers: Headers): number | undefined {
  const [ms, after] = [headers.get("retry-after-ms") ?? "", headers.get("retry-after") ?? ""];
  if (isWhole(ms)) return Number(ms);
  if (isWhole(after)) return Number(after) * 1000;
  // Engines read almost anything as a date.
  const date = /^[A-Z][a-z]+,? .*(GMT|\d{4})$/.test(after) ? Date.parse(after) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function isWhole(text: string): boolean {
  return /^\d+$/.test(text);
}
