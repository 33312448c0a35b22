/** The runtime's exports for programs with a generated client: errors, options and results of calls. */
export type { ConnectOptions } from "./connect.js";
export type { Fetch } from "./connection.js";
export type { DateInput } from "./dates.js";
export type { ErrorCodeFacts } from "./error-table.js";
export {
  ApiError,
  CallError,
  ContractError,
  isApiError,
  isCallError,
  type Outcome,
  TimeoutError,
  TransportError,
} from "./errors.js";
export type { ServerSentEvent } from "./event-stream.js";
export type {
  CallEvent,
  ErrorEvent,
  Hooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from "./hooks.js";
export type { AtLeastOneOf, OnlyOneOf, Requires } from "./input-rules.js";
export type { CallOptions } from "./operation.js";
export type { Listing, ToArrayOptions } from "./paginate.js";
export type { RetryOptions, TimeoutOptions } from "./policy.js";
export {
  type Call,
  type CallFailure,
  type Settled,
  settle,
  type UnlistedCode,
  type UnlistedError,
} from "./settle.js";
export {
  isUnrecognized,
  type UnrecognizedNumber,
  type UnrecognizedString,
  type UnrecognizedTag,
  type UnrecognizedVariant,
} from "./unrecognized.js";
export { type WithResponse, withResponse } from "./with-response.js";
