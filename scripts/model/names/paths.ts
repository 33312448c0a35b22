import type { HttpMethod } from "../api.js";
import { isAction, isPlainVerb } from "./vocabulary.js";
import { isPlural, lowerWordsOf, singular, toCamel, wordsOf } from "./words.js";

/** A segment of a path that is not only a parameter. */
interface Literal {
  readonly words: readonly string[];
  /** Whether a parameter follows, so that the segment means one item: `/users/{id}`. */
  readonly isOne: boolean;
}

/** The tag of operations that have none: the first word of their path, without versions and `api`. */
export function firstWordOf(path: string): string {
  return literalsOf(path)[0]?.words.join(" ") ?? "root";
}

/** The id for an operation that has none: `GET /users/{id}/posts` gives `getUsersByIdPosts`. */
export function derivedId(http: HttpMethod, path: string): string {
  const words = segmentsOf(path).flatMap((segment) =>
    segment
      .split(/(?=\{)|(?<=\})/)
      .flatMap((part) => (part.startsWith("{") ? ["by", ...wordsOf(part)] : wordsOf(part))),
  );
  return toCamel([http, ...words].join(" "));
}

/** All words of a path, with those of its parameters. */
export function pathWords(path: string): string[] {
  return segmentsOf(path).flatMap(lowerWordsOf);
}

/**
 * Words for the name of an operation, from its HTTP method and path: `GET /users/{id}/posts` gives `list user posts`.
 */
export function wordsOfPath(http: HttpMethod, path: string): string[] {
  const literals = literalsOf(path);
  const last = literals.at(-1);
  const nouns = (some: readonly Literal[]): string[] =>
    some.flatMap(({ words, isOne }) =>
      words.map((word, index) => (isOne && index === words.length - 1 ? singular(word) : word)),
    );
  const [action, ...object] = last?.words ?? [];
  const isDone =
    action !== undefined &&
    (object.length === 0
      ? http === "post" && isAction(action)
      : http !== "get" && last?.isOne === false && isPlainVerb(action));
  if (isDone) return [action, ...nouns(literals.slice(0, -1)), ...object];
  const isMany = last !== undefined && !last.isOne && isPlural(last.words.at(-1) ?? "");
  const verb = isMany ? (verbsOfMany[http] ?? verbs[http]) : verbs[http];
  return [verb, ...nouns(literals)];
}

/** The parameter that a path ends with; `undefined` if it does not end with one. */
export function lastParameterOf(path: string): string | undefined {
  return /\{([^}]+)\}$/.exec(segmentsOf(path).at(-1) ?? "")?.[1];
}

const verbsOfMany: { readonly [K in HttpMethod]?: string } = { get: "list", post: "create" };

const verbs: Readonly<Record<HttpMethod, string>> = {
  get: "get",
  put: "put",
  post: "post",
  patch: "update",
  delete: "delete",
  head: "head",
  options: "options",
  trace: "trace",
  query: "query",
};

/** A machine-made identifier such as `6VMVochwUWo`: 8 or more characters with a digit, a capital and a small letter. */
const opaque = /(?<![A-Za-z\d])(?=[A-Za-z]*\d)(?=[\da-z]*[A-Z])(?=[\dA-Z]*[a-z])[A-Za-z\d]{8,}/g;

function literalsOf(path: string): Literal[] {
  const segments = segmentsOf(path);
  const literals = segments.flatMap((segment, index) => {
    const words = lowerWordsOf(segment.replaceAll(/\{[^}]*\}/g, " ").replaceAll(opaque, " "));
    const isOne = segments[index + 1]?.startsWith("{") ?? false;
    return words.length === 0 ? [] : [{ words, isOne }];
  });
  const isPrefix = ({ words }: Literal): boolean =>
    words.every((word) => /^(api|v?\d+)$/.test(word));
  const start = literals.findIndex((literal) => !isPrefix(literal));
  return start < 0 ? literals : literals.slice(start);
}

/** The segments of a path, without a file extension such as `.json` at the end. */
export function segmentsOf(path: string): string[] {
  return path
    .replace(/\.(json|xml|php|aspx?)(?=$|[?#])/i, "")
    .split(/[/#?&:]/)
    .filter((segment) => segment !== "");
}
