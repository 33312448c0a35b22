import { compareText } from "../../spec/canonical.js";
import type { Node } from "../../spec/node.js";
import type { Problems } from "../../spec/problem.js";
import { type HttpMethod, httpMethods } from "../api.js";
import { declaresHeaders } from "../response-headers.js";
import { isIdentifier, isReservedMember, isReservedType, typeIdentifier } from "./identifiers.js";
import { type PlannedIncoming, planIncoming } from "./incoming.js";
import { methodWishes } from "./methods.js";
import { derivedId, firstWordOf } from "./paths.js";
import { type Claim, override, Scope } from "./scope.js";
import { cutWords, toCamel, toKebab, wordsOf } from "./words.js";

/** An operation with its place in the document and the names of everything that is generated for it. */
export interface PlannedOperation {
  readonly node: Node;
  readonly pathItem: Node;
  readonly http: HttpMethod;
  readonly path: string;
  readonly names: OperationNames;
}

/** An operation that OpenAPI 3.2 declares under `additionalOperations`. */
export interface AdditionalOperation {
  readonly node: Node;
  /** The HTTP method as it is sent. */
  readonly http: string;
  readonly path: string;
}

/** The names of an operation. */
export interface OperationNames {
  /** The document's operationId, or one that is derived from the HTTP method and the path. */
  readonly operationId: string;
  /** The method of the resource. */
  readonly method: string;
  /** The method that lists all pages; empty if the operation is not a listing. */
  readonly all: string;
  /** The method that looks up one item; empty if the listing has no filter. */
  readonly one: string;
  /** The type of the method's input, if it needs its own. */
  readonly params: string;
  /** The type of all errors of a call. */
  readonly failure: string;
  /** The type of the headers that its successes declare, where they do. */
  readonly headers: string;
}

/** A resource with its operations. */
export interface PlannedResource {
  /** The tag as in the document. If there are several spellings, the first one. */
  readonly tag: string;
  /** The tag's entry in the document, if it has one. */
  readonly node: Node | undefined;
  readonly property: string;
  readonly className: string;
  readonly operations: readonly PlannedOperation[];
}

/** All names that do not depend on the content of schemas. */
export interface NamePlan {
  /** Every operation, in the order of the document. */
  readonly operations: readonly PlannedOperation[];
  /** Operations with methods that OpenAPI has no key for. */
  readonly additional: readonly AdditionalOperation[];
  readonly resources: readonly PlannedResource[];
  /** Names of the types of `#/components/schemas`. */
  readonly schemas: ReadonlyMap<string, string>;
  /** Webhooks and callbacks, in the order of the document. */
  readonly incoming: readonly PlannedIncoming[];
  /** The scope of all types, for names that are assigned later: inputs and error classes. */
  readonly types: Scope;
}

/** Longer tags are cut after a word, in characters: users write the class name often. */
const longestTag = 60;

/**
 * Assigns all names of a document before reading the rest. Omitted and unused parts get names too, so that a name does
 * not change when its part comes into use. Types are named in this order: schemas, resources, then the types of
 * operations. A type whose name is taken gets its kind at the end: the schema `Pet`, and `PetResource` for the tag.
 */
export function planNames(root: Node, problems: Problems): NamePlan {
  const types = new Scope("type", problems, isReservedType, toKebab);
  const schemas = nameSchemas(root, types, problems);
  const operations = findOperations(root, problems);
  const groups = groupByTag(root, operations, problems);
  const classes = types.assign(
    groups.map(({ at, words }) => {
      const name = typeIdentifier(words, "Resource");
      return { at, wishes: unreserved(name, "Resource") };
    }),
  );
  const properties = new Scope("resource", problems, isReservedMember).assign(
    groups.map(({ at, words }) => {
      const name = toCamel(words);
      const usable = isIdentifier(name) ? name : `_${name}`;
      return { at, wishes: [usable, `${usable}Resource`] };
    }),
  );
  const operationTypes = nameTypes(
    groups.flatMap((group) => group.operations),
    types,
  );
  const planned = new Map<Found, PlannedOperation>();
  for (const group of groups) {
    const methods = nameMethods(group, problems);
    for (const found of group.operations) {
      const { node, pathItem, http, path, operationId } = found;
      const names = { operationId, ...operationTypes(found), ...methods(found) };
      planned.set(found, { node, pathItem, http, path, names });
    }
  }
  const known = (some: readonly Found[]): PlannedOperation[] =>
    some.flatMap((found) => planned.get(found) ?? []);
  const resources = groups.map(
    (group, index): PlannedResource => ({
      tag: group.tag,
      node: group.node,
      property: properties[index] ?? "",
      className: classes[index] ?? "",
      operations: known(group.operations),
    }),
  );
  const all = known(operations);
  const incoming = planIncoming(root, all, types);
  const additional = findAdditional(root);
  return { operations: all, additional, resources, schemas, incoming, types };
}

interface Found {
  readonly node: Node;
  readonly pathItem: Node;
  readonly http: HttpMethod;
  readonly path: string;
  readonly operationId: string;
  /** Whether the document declares the id, and no earlier operation has the same. */
  readonly hasId: boolean;
  readonly tag: string;
}

interface Group {
  readonly tag: string;
  readonly node: Node | undefined;
  readonly at: readonly string[];
  /** The words that the resource's name is derived from. */
  readonly words: string;
  readonly operations: readonly Found[];
}

function nameSchemas(root: Node, types: Scope, problems: Problems): Map<string, string> {
  const schemas = root.get("components")?.entries("schemas") ?? [];
  const names = types.assign(
    schemas.map(([schema, node]): Claim => {
      const given = node.text(override);
      // A name in lower case could be a keyword or a built-in type such as `string`.
      const isBad = given === undefined ? false : !isIdentifier(given) || /^\p{Ll}/u.test(given);
      if (isBad || wordsOf(given ?? schema).length === 0) {
        const found = `a name that gives no identifier: ${JSON.stringify(schema)}`;
        problems.warn(node.at, found, `${override} next to it`);
      }
      const name = isBad || given === undefined ? typeIdentifier(given ?? schema, "Schema") : given;
      // A schema that has exactly this name keeps it: `FooBar` before `foo_bar`.
      const rank = name === schema ? 0 : 1;
      return { at: node.at, wishes: unreserved(name, "Model"), rank };
    }),
  );
  return new Map(schemas.map(([schema], index) => [schema, names[index] ?? ""]));
}

/** Candidates for a type: its name, then the name with its kind. A reserved name only gets the second one. */
function unreserved(name: string, kind: string): string[] {
  return isReservedType(name) ? [`${name}${kind}`] : [name, `${name}${kind}`];
}

/** The paths of a document, without the extensions that `paths` may contain. */
export function pathsOf(root: Node): [string, Node][] {
  return root.entries("paths").filter(([path]) => !path.startsWith("x-"));
}

/** Every operation under `paths`, with its id and its tag. */
function findOperations(root: Node, problems: Problems): Found[] {
  const ids = new Set<string>();
  return pathsOf(root).flatMap(([path, unresolved]): Found[] => {
    const pathItem = unresolved.resolve();
    if (pathItem === undefined) {
      const supported = "#/components/pathItems/<name>";
      problems.within(unresolved.at, () =>
        problems.add(unresolved.at, "a $ref that cannot be resolved", supported),
      );
      return [];
    }
    return httpMethods.flatMap((http): Found[] => {
      const node = pathItem.get(http);
      if (node === undefined) return [];
      const given = node.text("operationId") ?? "";
      const hasId = given !== "" && !ids.has(given);
      if (!hasId) {
        const found =
          given === ""
            ? "an operation without an operationId"
            : `the operationId ${JSON.stringify(given)}, which another operation already has`;
        problems.warn(node.at, found, "an operationId, unique in the document");
      }
      ids.add(given);
      const operationId = hasId ? given : derivedId(http, path);
      return [{ node, pathItem, http, path, operationId, hasId, tag: tagOf(node, path, problems) }];
    });
  });
}

function findAdditional(root: Node): AdditionalOperation[] {
  return pathsOf(root).flatMap(([path, unresolved]) => {
    const operations = unresolved.resolve()?.entries("additionalOperations") ?? [];
    return operations.map(([http, node]) => ({ node, http, path }));
  });
}

/** The first tag of an operation; if it has none, the first word of its path. */
function tagOf(node: Node, path: string, problems: Problems): string {
  const [tag, ...more] = node.texts("tags").filter((one) => wordsOf(one).length > 0);
  if (tag === undefined) problems.warn(node.at, "an operation without a tag", "one tag");
  else if (more.length > 0) problems.warn(node.at, "an operation with several tags", "one tag");
  return tag ?? firstWordOf(path);
}

/** Groups operations by tag, ignoring case and separators: first declared tags in their order, then the others by name. */
function groupByTag(root: Node, operations: readonly Found[], problems: Problems): Group[] {
  const declared = root.items("tags");
  const groups = new Map<string, Group>();
  for (const operation of operations) {
    const { tag } = operation;
    const node = declared.find((one) => one.text("name") === tag);
    const words = cutWords(wordsOf(node?.text(override) ?? tag), longestTag).join(" ");
    const key = words.toLowerCase();
    const known = groups.get(key);
    if (known !== undefined && known.tag !== tag) {
      problems.warn(
        node?.at ?? operation.node.at,
        `the resource name ${toCamel(words)}, which the tag ${JSON.stringify(known.tag)} already has`,
        `${override} on one of the two`,
      );
    }
    const at = node?.at ?? ["tags", tag];
    groups.set(key, {
      ...(known ?? { tag, node, at, words }),
      operations: [...(known?.operations ?? []), operation],
    });
  }
  const names = declared.map((one) => one.text("name") ?? "");
  const rank = ({ tag }: Group): number =>
    names.includes(tag) ? names.indexOf(tag) : names.length;
  return [...groups.values()].sort(
    (left, right) => rank(left) - rank(right) || compareText(left.tag, right.tag),
  );
}

/** Assigns the names of each operation's types. */
function nameTypes(
  operations: readonly Found[],
  types: Scope,
): (operation: Found) => Pick<OperationNames, "params" | "failure" | "headers"> {
  const name = (kind: string, some = operations): ReadonlyMap<Found, string> => {
    const names = types.assign(
      some.map(({ node, operationId }) => {
        const base = typeIdentifier(operationId, "Operation");
        return { at: node.at, wishes: [`${base}${kind}`, `${base}Call${kind}`] };
      }),
    );
    return new Map(some.map((operation, index) => [operation, names[index] ?? ""]));
  };
  const params = name("Params");
  const failures = name("Failure");
  const headers = name(
    "Headers",
    operations.filter(({ node }) => declaresHeaders(node)),
  );
  return (operation) => ({
    params: params.get(operation) ?? "",
    failure: failures.get(operation) ?? "",
    headers: headers.get(operation) ?? "",
  });
}

/** Assigns the names of a resource's methods. Of several with the same candidate, the one with the shortest id gets it. */
function nameMethods(
  { operations, words }: Group,
  problems: Problems,
): (operation: Found) => Pick<OperationNames, "method" | "all" | "one"> {
  const scope = new Scope("method", problems, isReservedMember);
  const methods = scope.assign(
    operations.map(({ node, hasId, operationId, http, path }): Claim => {
      const given = node.text(override);
      const id = hasId ? operationId : "";
      const wishes =
        given === undefined ? methodWishes({ operationId: id, tag: words, http, path }) : [given];
      const length = wordsOf(operationId).length;
      return { at: node.at, wishes, rank: given === undefined ? length : 0 };
    }),
  );
  const listings = operations.map(({ node }) => node.get("x-contract-pagination"));
  const more = (
    suffix: (method: string) => string,
    isWanted: (listing: Node) => boolean,
  ): string[] => {
    const claims = listings.map((listing, index): Claim | undefined =>
      listing !== undefined && isWanted(listing)
        ? { at: listing.at, wishes: [suffix(methods[index] ?? "")] }
        : undefined,
    );
    const wanted = claims.filter((claim) => claim !== undefined);
    const names = scope.assign(wanted);
    return claims.map((claim) => (claim === undefined ? "" : (names[wanted.indexOf(claim)] ?? "")));
  };
  const all = more(
    (method) => `${method}All`,
    () => true,
  );
  const one = more(lookupName, (listing) => listing.get("filter") !== undefined);
  const place = new Map(operations.map((operation, index) => [operation, index]));
  return (operation) => {
    const index = place.get(operation) ?? -1;
    return { method: methods[index] ?? "", all: all[index] ?? "", one: one[index] ?? "" };
  };
}

/** The name of the method that looks up one item: `get` for `list`, `getThings` for `listThings`, `findOne` for `find`. */
function lookupName(method: string): string {
  return /^list(?=$|[A-Z])/.test(method) ? method.replace("list", "get") : `${method}One`;
}
