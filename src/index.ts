/** The public entry: the client, its types, its errors. */
export * from "../generated/index.js";
export type { Fetch } from "./runtime/connection.js";
export type { DateInput } from "./runtime/dates.js";
export type { ErrorCodeFacts } from "./runtime/error-table.js";
export {
  ApiError,
  CallError,
  ContractError,
  isApiError,
  isCallError,
  type Outcome,
  TimeoutError,
  TransportError,
} from "./runtime/errors.js";
export type {
  CallEvent,
  ErrorEvent,
  Hooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from "./runtime/hooks.js";
export type { AtLeastOneOf, OnlyOneOf, Requires } from "./runtime/input-rules.js";
export type { CallOptions } from "./runtime/operation.js";
export type { Listing, ToArrayOptions } from "./runtime/paginate.js";
export type { RetryOptions, TimeoutOptions } from "./runtime/policy.js";
export {
  type Call,
  type CallFailure,
  type Settled,
  settle,
  type UnlistedCode,
  type UnlistedError,
} from "./runtime/settle.js";
export {
  isUnrecognized,
  type UnrecognizedNumber,
  type UnrecognizedString,
  type UnrecognizedTag,
  type UnrecognizedVariant,
} from "./runtime/unrecognized.js";
export { S2, type S2Options } from "./s2.js";
export { type ExplainOptions, explainScope, type ScopeRow } from "./scope/explain.js";
export {
  type OperationFacts,
  type OperationGroup,
  type OperationTable,
  operationTable,
  type ResourceKind,
} from "./scope/operations.js";
export { all, type ExactSet, exact, none, type PrefixSet, prefix } from "./scope/sets.js";
