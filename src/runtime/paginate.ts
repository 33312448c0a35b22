import { toContractError } from "./answer.js";
import { checkNames } from "./names.js";
import type { OperationSpec } from "./operation.js";
import { isInputError } from "./prepare.js";

/** What a page says beside what it is: its items, the cursor that follows them, and whether there is more. */
export interface PageFacts<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
  readonly more: boolean;
}

/** A page of a walk. */
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

  /** @param walk - starts a walk over the pages */
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

/**
 * Makes a listing of a method that fetches one page.
 *
 * @param input - of the first page; the others differ in `cursor` alone
 * @param cursor - the member of `input` that says where a page starts
 * @throws {ContractError} in a walk: a page says that there is more, yet its cursor does not move on, so that the walk
 * would not end.
 */
export function paginate<Input extends object, Page, Item>(
  operation: OperationSpec,
  input: Input,
  cursor: keyof Input & string,
  fetchPage: (input: Input) => Promise<Page>,
  factsOf: (page: Page) => PageFacts<Item>,
): Listing<Item, Page> {
  return new Listing(() => walk(operation, input, cursor, fetchPage, factsOf));
}

async function* walk<Input extends object, Page, Item>(
  operation: OperationSpec,
  input: Input,
  cursor: keyof Input & string,
  fetchPage: (input: Input) => Promise<Page>,
  factsOf: (page: Page) => PageFacts<Item>,
): AsyncGenerator<Step<Item, Page>, void, undefined> {
  let page = await fetchPage(input);
  let at: unknown = input[cursor];
  const passed = new Set([at]);
  for (;;) {
    const { items, next, more } = factsOf(page);
    if (more && (next === undefined || passed.has(next))) {
      const found =
        next === undefined
          ? "an empty page that claims more"
          : next === at
            ? "the same page again"
            : "a page that came before";
      throw toContractError(operation, "a next page that starts after this one", found);
    }
    yield { page, items };
    if (!more) return;
    at = next;
    passed.add(at);
    page = await fetchPage({ ...input, [cursor]: next }).catch((error: unknown) => {
      // The caller's input passed with the first page; what is refused now is the cursor, and the server chose it.
      if (!isInputError(error)) throw error;
      const found = `one that cannot: ${error.message}`;
      throw toContractError(operation, "a last item that can be the next cursor", found);
    });
  }
}
