import { pointHome } from "./caller.js";
import type { ContractError } from "./errors.js";
import { InputError } from "./input-error.js";
import { checkNames } from "./names.js";
import type { OperationSpec } from "./operation.js";
import { toContractError } from "./response-errors.js";

/** The items of a page, the cursor after them, and whether there is more. */
export interface PageFacts<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
  readonly more: boolean;
}

/** A page and its items. */
interface Step<Item, Page> {
  readonly page: Page;
  readonly items: readonly Item[];
}

/** Options of {@link Listing.toArray}. */
export interface ToArrayOptions {
  /** Stop after this many items: a whole number or `Infinity`. Default `Infinity`. */
  readonly maxItems?: number | undefined;
}

/**
 * All pages of a listing. It is not a promise: loop over it with `for await`, or collect it with `toArray()`.
 *
 * A page is fetched when the loop reaches it, so a loop that ends early sends no further request. Each loop starts at
 * the first page.
 *
 * @example
 * ```ts
 * for await (const token of client.accessTokens.listAll()) console.log(token.id);
 * const tokens = await client.accessTokens.listAll({ prefix: "ci/" }).toArray();
 * ```
 */
export class Listing<Item, Page> implements AsyncIterable<Item> {
  readonly #walk: () => AsyncIterable<Step<Item, Page>>;

  /** @param walk - starts at the first page */
  constructor(walk: () => AsyncIterable<Step<Item, Page>>) {
    this.#walk = walk;
  }

  /** Item by item. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const { items } of this.#walk()) yield* items;
  }

  /**
   * Collects the items in an array. This is the one way to have them all at once, and they all stay in memory.
   *
   * @throws {TypeError} `maxItems` is not a whole number of at least 0.
   */
  async toArray(options: ToArrayOptions = {}): Promise<Item[]> {
    checkNames(options, ["maxItems"], "toArray: options");
    const { maxItems = Number.POSITIVE_INFINITY } = options;
    if (!(Number.isInteger(maxItems) || maxItems === Number.POSITIVE_INFINITY) || maxItems < 0) {
      throw new TypeError("toArray: maxItems: expected a whole number of at least 0");
    }
    const collected: Item[] = [];
    if (maxItems === 0) return collected;
    for await (const item of this) {
      if (collected.push(item) >= maxItems) break;
    }
    return collected;
  }

  /** Page by page, as the method that fetches one page returns it. */
  async *pages(): AsyncGenerator<Page, void, undefined> {
    for await (const { page } of this.#walk()) yield page;
  }
}

/** How a listing fetches and reads its pages. */
export interface Paging<Input, Page, Item> {
  readonly operation: OperationSpec;
  /** Input of the first page. The others differ in the cursor alone. */
  readonly input: Input;
  /** The property of the input that says where a page starts. */
  readonly cursor: keyof Input & string;
  /** Whether items are in ascending order of the bytes of their cursors. A page that goes back is then an error. */
  readonly ordered: boolean;
  readonly fetchPage: (input: Input, caller: Error) => Promise<Page>;
  readonly factsOf: (page: Page) => PageFacts<Item>;
}

/**
 * Makes a listing of all pages.
 *
 * @throws {ContractError} in a loop: a page says that there is more, but its cursor does not move on. The loop would
 *   not end.
 */
export function paginate<Input extends object, Page, Item>(
  paging: Paging<Input, Page, Item>,
): Listing<Item, Page> {
  const caller = new Error();
  return new Listing(() => walk(paging, caller));
}

async function* walk<Input extends object, Page, Item>(
  { operation, input, cursor, ordered, fetchPage, factsOf }: Paging<Input, Page, Item>,
  caller: Error,
): AsyncGenerator<Step<Item, Page>, void, undefined> {
  const refuse = (expected: string, found: string): ContractError => {
    const error = toContractError(operation, expected, found);
    pointHome(error, operation.name, caller);
    return error;
  };
  let page = await fetchPage(input, caller);
  let at: unknown = input[cursor];
  const passed = new Set([at]);
  for (;;) {
    const { items, next, more } = factsOf(page);
    if (more) {
      const found =
        next === undefined
          ? "an empty page that claims more"
          : next === at
            ? "the same page again"
            : passed.has(next)
              ? "a page that came before"
              : ordered && typeof at === "string" && !isAfter(next, at)
                ? "one that starts before it"
                : undefined;
      if (found !== undefined) throw refuse("a next page that starts after this one", found);
    }
    yield { page, items };
    if (!more) return;
    at = next;
    // In order, a page that came before starts before this one.
    if (!ordered) passed.add(at);
    page = await fetchPage({ ...input, [cursor]: next }, caller).catch((error: unknown) => {
      // The input was valid for the first page. Only the cursor can be invalid, and the server chose it.
      if (!(error instanceof InputError)) throw error;
      const reason = error.message.slice(operation.name.length + 2);
      throw refuse("a last item that can be the next cursor", `one that cannot: ${reason}`);
    });
  }
}

/** Whether a string sorts after another by the bytes of UTF-8, which is the order of code points. */
function isAfter(text: string, other: string): boolean {
  let index = 0;
  while (index < text.length && text[index] === other[index]) index += 1;
  return (text.codePointAt(index) ?? -1) > (other.codePointAt(index) ?? -1);
}
