import { cutWords, toPascal, wordsOf } from "./words.js";

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Names in `Object.prototype`. An object without such a property returns an inherited value instead of `undefined`. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Names that generated types and classes must not have: reserved words, globals that generated code or its users need,
 * and names that generated files import from the runtime.
 */
const reservedTypes: ReadonlySet<string> = new Set(
  [
    "Api AbortSignal Any Array AsyncGenerator AsyncIterable Blob Boolean Date Error Exclude Extract File FormData",
    "Function Headers Infinity Intl Iterable JSON Json Map Math NaN Never NonNullable Number Object Omit Partial Pick",
    "Promise Proxy Readonly ReadonlyArray ReadableStream Record Reflect RegExp Request Required Response Set String",
    "Symbol TypeError URL URLSearchParams Undefined Unknown Wire WeakMap WeakSet",
    "AuthOptions BasicCredentials BinaryBody BinaryInput ClientOptions ConnectOptions Contract Given QueryWriter",
    "RequestParts ServerSentEvent ServerVariables WithResponse",
    "ApiError ApiErrorInit Call CallError CallEvent CallFailure CallOptions Connection ContractError DateInput",
    "ErrorBody ErrorCode ErrorCodeFacts ErrorEvent ErrorTable Fetch FetchClient Hooks Listing Mismatch NumberLimits",
    "OperationSpec Outcome PayloadError RequestEvent ResponseEvent RetryEvent RetryOptions Settled StringLimits TimeoutError",
    "TimeoutOptions TransportError Unlisted UnlistedCode UnlistedError",
    "AtLeastOneOf OnlyOneOf Requires UnrecognizedNumber UnrecognizedString UnrecognizedTag UnrecognizedVariant",
    // Windows reserves these file names for devices.
    "Aux Con Nul Prn Com1 Com2 Com3 Com4 Com5 Com6 Com7 Com8 Com9 Lpt1 Lpt2 Lpt3 Lpt4 Lpt5 Lpt6 Lpt7 Lpt8 Lpt9",
  ].flatMap((line) => line.split(" ")),
);

/** Names that resources or the client already have, or that would change what they are: `then` makes a promise. */
const reservedMembers: ReadonlySet<string> = new Set(["constructor", "prototype", "raw", "then"]);

/** File systems limit names to 255 bytes. Suffixes and names of temporary files need some of them. */
const longestType = 160;

/** Whether a name is a valid identifier. */
export function isIdentifier(name: string): boolean {
  return identifier.test(name);
}

/** Whether a type or class must not have this name. */
export function isReservedType(name: string): boolean {
  return reservedTypes.has(name);
}

/** Whether a method, or a property of the client, must not have this name. */
export function isReservedMember(name: string): boolean {
  return reservedMembers.has(name) || inherited.has(name) || !isIdentifier(name);
}

/** Whether every object inherits a property of this name. */
export function isInherited(name: string): boolean {
  return inherited.has(name);
}

/**
 * The name of a type in `PascalCase`, for any name in the document. It gets a `_` before a leading digit. Names that
 * are too long for a file are cut after a word. A name without letters and digits becomes `kind`.
 */
export function typeIdentifier(name: string, kind: string, longest: number = longestType): string {
  const words = cutWords(wordsOf(name), Math.min(longest, longestType));
  // File names are limited in bytes, and a letter can take up to four.
  const fitting = Buffer.byteLength(words.join("-")) > longestType ? cutWords(words, 50) : words;
  const pascal = toPascal(fitting.join(" "));
  if (pascal === "") return kind;
  return isIdentifier(pascal) ? pascal : `_${pascal}`;
}
