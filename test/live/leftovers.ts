import { isJsonArray, isJsonObject } from "../contract/read-document.js";
import type { Caller } from "./caller.js";

/** The tokens that a run may have issued. */
export interface Leftovers {
  /** Called before an issue is sent: it may be stored even if no answer comes. */
  readonly expect: (id: string) => void;
  /**
   * Revokes all that was expected, and what else a listing shows under the prefix.
   *
   * @returns the ids that could not be revoked
   */
  readonly remove: () => Promise<readonly string[]>;
}

/** How often a revoke that fails is tried. */
const attempts = 4;

/** @param prefix - what all ids of the run begin with; nothing else is ever revoked */
export function createLeftovers({ send }: Caller, bearer: string, prefix: string): Leftovers {
  const expected = new Set<string>();

  async function isGone(id: string): Promise<boolean> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 250 * attempt));
      const call = { operation: "revoke_access_token", bearer, id };
      const { status } = await send(call).catch(() => ({ status: 0 }));
      if (status === 204 || status === 404) return true;
      const mayPass = status === 0 || status >= 500 || [408, 409, 429].includes(status);
      if (!mayPass) return false;
    }
    return false;
  }

  async function listed(): Promise<readonly string[]> {
    const call = { operation: "list_access_tokens", bearer, query: { prefix } };
    const { body } = await send(call).catch(() => ({ body: undefined }));
    const tokens = isJsonObject(body) ? body["access_tokens"] : undefined;
    if (!isJsonArray(tokens)) return [];
    const ids = tokens.map((token) => (isJsonObject(token) ? token["id"] : undefined));
    return ids.filter((id) => typeof id === "string").filter((id) => id.startsWith(prefix));
  }

  return {
    expect: (id) => {
      expected.add(id);
    },
    remove: async () => {
      const left: string[] = [];
      const others = await listed();
      for (const id of new Set([...expected, ...others])) if (!(await isGone(id))) left.push(id);
      return left;
    },
  };
}
