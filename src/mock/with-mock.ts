import type { S2 } from "../s2.js";
import type { MockOptions } from "./options.js";
import { type Mock, startMock } from "./server.js";

/** Passed to a test by {@link withMock}. */
export interface MockContext {
  readonly mock: Mock;
  /** A client that calls the mock with the root token. */
  readonly client: S2;
}

/**
 * Wraps a test function so that it gets a mock of its own on a free port. The mock stops when the test ends, even if
 * the test fails. Works with any runner whose tests are functions, such as vitest and `node:test`.
 *
 * @param options - as for {@link startMock}
 * @example
 * ```ts
 * import { test } from "node:test";
 * import { withMock } from "s2-token-contract/mock";
 *
 * test("issues a token", withMock({}, async ({ client, mock }) => {
 *   await client.accessTokens.issue({ id: "ci/deploy", scope: { ops: ["append"] } });
 *   mock.tokens();
 * }));
 * ```
 */
export function withMock(
  options: MockOptions,
  test: (context: MockContext) => void | Promise<void>,
): () => Promise<void> {
  return async () => {
    await using mock = await startMock(options);
    await test({ mock, client: mock.client() });
  };
}
