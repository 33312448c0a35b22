import { camelCase, kebabCase, pascalCase, split } from "change-case";
import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";

// The host's locale must not show in the output: Turkish has two kinds of i.
const options = { locale: false, mergeAmbiguousCharacters: true } as const;
const override = "x-contract-name";
const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Names of Object.prototype: reading one of an object that lacks it gives a function, not `undefined`. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Names that a type or class of ours must not take: reserved words, globals that generated code or its readers use,
 * and what generated files import from the runtime.
 */
const reservedTypes: ReadonlySet<string> = new Set(
  [
    "Api AbortSignal Any Array AsyncGenerator AsyncIterable Boolean Date Error Exclude Extract FormData Function",
    "Headers Infinity Intl Iterable JSON Map Math NaN Never NonNullable Number Object Omit Partial Pick Promise Proxy",
    "Readonly ReadonlyArray Record Reflect RegExp Request Required Response Set String Symbol TypeError URL",
    "Undefined Unknown Wire WeakMap WeakSet",
    "ApiError ApiErrorInit Call CallError CallEvent CallFailure CallOptions Connection ContractError DateInput",
    "ErrorBody ErrorCode ErrorCodeFacts ErrorEvent ErrorTable Fetch FetchClient Hooks Listing NumberLimits",
    "OperationSpec Outcome RequestEvent ResponseEvent RetryEvent RetryOptions Settled StringLimits TimeoutError",
    "TimeoutOptions TransportError Unlisted UnlistedCode UnlistedError",
    // File names that Windows has for its devices.
    "Aux Con Nul Prn Com1 Com2 Com3 Com4 Com5 Com6 Com7 Com8 Com9 Lpt1 Lpt2 Lpt3 Lpt4 Lpt5 Lpt6 Lpt7 Lpt8 Lpt9",
  ].flatMap((line) => line.split(" ")),
);
/** Members that a resource or the client has already, or that would make it something else (`then`: a promise). */
const reservedMembers: ReadonlySet<string> = new Set(["constructor", "prototype", "raw", "then"]);

/** `snake_case`, `kebab-case` or `Title Case` to `camelCase`. */
export function toCamel(name: string): string {
  return camelCase(name, options);
}

/** Any case to `PascalCase`. */
export function toPascal(name: string): string {
  return pascalCase(name, options);
}

/** Any case to `kebab-case`, for file names. */
export function toKebab(name: string): string {
  return kebabCase(name, { locale: false });
}

/** The name of a member of an object or input, or what the contract says instead. */
export function propertyName(wireName: string, node: Node | undefined, problems: Problems): string {
  const name = node?.text(override) ?? toCamel(wireName);
  const at = node?.at ?? [];
  if (!identifier.test(name)) {
    problems.add(
      at,
      `a name that makes no identifier: ${JSON.stringify(wireName)}`,
      `${override} beside it`,
    );
  } else if (inherited.has(name) || inherited.has(wireName)) {
    problems.add(
      at,
      `${JSON.stringify(wireName)}, which every JavaScript object has already`,
      "another name",
    );
  } else if (name === "then") {
    problems.add(at, '"then", which makes an object pass for a promise', `${override} beside it`);
  }
  return name;
}

/** The name of a type. A name that is taken by the language or the runtime gets the suffix `Model`. */
export function typeName(schema: string, node: Node, problems: Problems): string {
  const name = node.text(override) ?? toPascal(schema);
  // In lower case it could be a keyword, or a type of the language such as `string`.
  if (!identifier.test(name) || /^\p{Ll}/u.test(name)) {
    problems.add(
      node.at,
      `a name that makes no identifier: ${JSON.stringify(schema)}`,
      `${override} beside it`,
    );
  }
  return reservedTypes.has(name) ? `${name}Model` : name;
}

/** The name of a class for a tag, and of the client's property that holds it. */
export function resourceNames(
  tag: string,
  node: Node | undefined,
): { className: string; property: string } {
  const property = toCamel(node?.text(override) ?? tag);
  const className = toPascal(property);
  return { property, className: reservedTypes.has(className) ? `${className}Resource` : className };
}

/**
 * The name of a method: the operationId less the words of its tag, in the singular or the plural.
 * `list_blue_boxes` of `blue-boxes` is `list`. Without a match, the whole operationId.
 */
export function methodName(operationId: string, tag: string, node: Node): string {
  const named = node.text(override);
  if (named !== undefined) return named;
  const words = wordsOf(operationId);
  const tagWords = wordsOf(tag);
  const start = words.findIndex((_, index) =>
    tagWords.every((word, offset) => same(word, words[index + offset])),
  );
  const rest = start < 0 ? words : words.toSpliced(start, tagWords.length);
  return toCamel((rest.length === 0 ? words : rest).join(" "));
}

/** Whether a name cannot be a method or a property of the client. */
export function isReservedMember(name: string): boolean {
  return reservedMembers.has(name) || inherited.has(name) || !identifier.test(name);
}

/** Says no when two things of one scope get the same name, and names both. */
export class Scope {
  readonly #taken = new Map<string, readonly string[]>();
  readonly #problems: Problems;
  readonly #what: string;

  constructor(what: string, problems: Problems) {
    this.#what = what;
    this.#problems = problems;
  }

  /** Takes a name for a place; a second place with the same name, in any case of letters, is a problem. */
  take(name: string, at: readonly string[]): void {
    if (this.#what === "type" && reservedTypes.has(name)) {
      this.#problems.add(at, `the type name ${name}, which is taken already`, "another name");
    }
    const key = this.#what === "type" ? toKebab(name) : name;
    const first = this.#taken.get(key);
    if (first === undefined) this.#taken.set(key, at);
    else if (first.join("\0") !== at.join("\0")) {
      this.#problems.add(
        at,
        `the ${this.#what} name ${name}, which #/${first.map((it) => it.replaceAll("/", "~1")).join("/")} has already`,
        `${override} on one of the two`,
      );
    }
  }
}

function wordsOf(name: string): string[] {
  return split(name).map((word) => word.toLowerCase());
}

function same(left: string, right: string | undefined): boolean {
  if (right === undefined) return false;
  return singular(left) === singular(right);
}

function singular(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(ss|us|is)$/.test(word)) return word;
  return word.replace(/s$/, "");
}
