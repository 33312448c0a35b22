/** The public entry: the client, its types, its errors. */
export * from "../generated/index.js";
export type { Fetch } from "./runtime/connection.js";
export type { DateInput } from "./runtime/dates.js";
export {
  ApiError,
  CallError,
  ContractError,
  isApiError,
  isCallError,
  TransportError,
} from "./runtime/errors.js";
export type { CallOptions, ErrorCodeFacts, Outcome } from "./runtime/operation.js";
export { S2, type S2Options } from "./s2.js";
