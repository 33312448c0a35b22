import { cutWords, toPascal, wordsOf } from "./words.js";

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Names of Object.prototype: reading one of an object that lacks it gives a function, not `undefined`. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Names that a type or class of ours must not take: reserved words, globals that generated code or its readers use,
 * and what generated files import from the runtime.
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
    // File names that Windows has for its devices.
    "Aux Con Nul Prn Com1 Com2 Com3 Com4 Com5 Com6 Com7 Com8 Com9 Lpt1 Lpt2 Lpt3 Lpt4 Lpt5 Lpt6 Lpt7 Lpt8 Lpt9",
  ].flatMap((line) => line.split(" ")),
);

/** Members that a resource or the client has already, or that would make it something else (`then`: a promise). */
const reservedMembers: ReadonlySet<string> = new Set(["constructor", "prototype", "raw", "then"]);

/** File systems take 255 bytes; suffixes and the names of temporary files need some of them. */
const longestType = 160;

/** Whether a name can stand bare in code. */
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

/** Whether every object has a member of this name, or reading it must not depend on its being an own one. */
export function isInherited(name: string): boolean {
  return inherited.has(name);
}

/**
 * The name of a type in `PascalCase`, for whatever the document calls it: `_` stands before a digit, names that are
 * too long for a file are cut after a word, and one without a letter or digit is called after its kind.
 */
export function typeIdentifier(name: string, kind: string, longest: number = longestType): string {
  const words = cutWords(wordsOf(name), Math.min(longest, longestType));
  // Letters of three or four bytes: a file name is measured in bytes.
  const fitting = Buffer.byteLength(words.join("-")) > longestType ? cutWords(words, 50) : words;
  const pascal = toPascal(fitting.join(" "));
  if (pascal === "") return kind;
  return isIdentifier(pascal) ? pascal : `_${pascal}`;
}
