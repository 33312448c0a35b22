import { isRefusal } from "./call.js";
import { ContractError } from "./errors.js";
import type { OperationSpec } from "./operation.js";

/** What one page says: its items, the cursor that follows them, and whether there is more. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
  readonly more: boolean;
}

/**
 * Walks a listing page by page and yields its items. A page is fetched when its first item is asked for, so a
 * caller that stops early causes no further request; one page is held at a time.
 *
 * @throws {ContractError} a page says that there is more, yet its cursor does not move on: the walk would not end.
 */
export async function* paginate<Item>(
  operation: OperationSpec,
  start: string | undefined,
  fetchPage: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor = start;
  const passed = new Set([start]);
  for (;;) {
    const page = await fetchPage(cursor).catch((error: unknown) => {
      // The caller's input passed with the first page; what is refused now is the cursor, and the server chose it.
      if (cursor === start || !isRefusal(error)) throw error;
      throw new ContractError({
        operation: operation.id,
        pointer: "",
        expected: "a last item that can be the next cursor",
        found: `one that cannot: ${error.message}`,
        outcome: "none",
      });
    });
    if (page.more && (page.next === undefined || passed.has(page.next))) {
      const repeated = page.next === cursor ? "the same page again" : "a page that came before";
      throw new ContractError({
        operation: operation.id,
        pointer: "",
        expected: "a next page that starts after this one",
        found: page.next === undefined ? "an empty page that claims more" : repeated,
        outcome: "none",
      });
    }
    yield* page.items;
    if (!page.more) return;
    cursor = page.next;
    passed.add(cursor);
  }
}
