/**
 * The imports of clients that are generated with `--runtime package`. Within this major version, names and parameters stay
 * compatible: a client from an older minor version runs on a newer package.
 */
export {
  asBinaryBody,
  asBlob,
  asIs,
  type BinaryBody,
  type BinaryInput,
  binaryParts,
  typeOf,
} from "./binary.js";
export { call, callForNothing } from "./call.js";
export { callForEvents, callForLines } from "./call-stream.js";
export {
  asArray,
  asAtMostOneOf,
  asBoolean,
  asInput,
  asInteger,
  asLiteral,
  asNull,
  asNumber,
  asObject,
  asOneOf,
  asRecord,
  asString,
  asTuple,
  isObject,
  members,
  nested,
  noBranch,
  onlyKeys,
  own,
} from "./check.js";
export { type ConnectOptions, type Contract, connect } from "./connect.js";
export { type Connection, serverUrl } from "./connection.js";
export { asDate, type DateInput, isDate, toDateTime } from "./dates.js";
export type { ErrorBody, ErrorCodeFacts, ErrorTable } from "./error-table.js";
export {
  ApiError,
  CallError,
  ContractError,
  isApiError,
  isCallError,
  TimeoutError,
  TransportError,
} from "./errors.js";
export type { ServerSentEvent } from "./event-stream.js";
export type { AtLeastOneOf, OnlyOneOf, Requires } from "./input-rules.js";
export {
  above,
  asHeaderValue,
  asPathSegment,
  asServerVariable,
  asText,
  atLeast,
  atMost,
  below,
  between,
  byteCount,
  characterCount,
  itemCount,
  matching,
  multipleOf,
  noneOf,
  within,
  withoutNul,
} from "./limits.js";
export { asLines } from "./lines.js";
export { multipartBody } from "./multipart.js";
export { asOpenInput, asOpenObject } from "./open-objects.js";
export type { CallOptions, OperationSpec } from "./operation.js";
export { type Listing, paginate } from "./paginate.js";
export {
  cookieText,
  headerText,
  pathText,
  type QueryWriter,
  queryWriter,
  writeForm,
  writeQuery,
  writtenPath,
} from "./parameter-style.js";
export { PayloadError, readPayload } from "./payload.js";
export type { RequestParts } from "./raw-client.js";
export {
  headerDate,
  headerList,
  headerMembers,
  headerScalar,
  readHeader,
} from "./response-headers.js";
export { accepting, readBlob, readJson, readStream, readText } from "./responses.js";
export {
  authorizer,
  type BasicCredentials,
  basicScheme,
  bearerScheme,
  cookieKey,
  type Given,
  headerKey,
  httpScheme,
  queryKey,
  soleAuthorizer,
} from "./security.js";
export { fillServer, type ServerVariables } from "./server-variables.js";
export { type Call, type CallFailure, type Settled, settle } from "./settle.js";
export { sendUndeclared } from "./undeclared.js";
export {
  asOpenNumber,
  asOpenString,
  isUnrecognized,
  keepTagged,
  keepVariant,
  type UnrecognizedNumber,
  type UnrecognizedString,
  type UnrecognizedTag,
  type UnrecognizedVariant,
} from "./unrecognized.js";
export { firstOf, tagged } from "./variants.js";
export { type WithResponse, withResponse } from "./with-response.js";
