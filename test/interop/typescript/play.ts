/** A token of a listing, as far as the scenarios look at it. */
interface Listed {
  readonly id: string;
  readonly expiresAt?: Date | null | undefined;
}

interface ListArguments {
  readonly startAfter?: string;
  readonly limit?: number;
}

/** The calls of a client in TypeScript, the official one or ours. */
export interface Calls {
  readonly list: (
    args?: ListArguments,
  ) => Promise<{ readonly accessTokens: readonly Listed[]; readonly hasMore: boolean }>;
  readonly listAll: () => AsyncIterable<Listed>;
  readonly issue: (args: {
    id: string;
    scope: { ops: ["read"] };
    expiresAt?: Date;
  }) => Promise<{ readonly accessToken: string }>;
  readonly revoke: (args: { id: string }) => Promise<void>;
}

/** Status and code of an error that a server sent; undefined for any other. */
export type ReadError = (error: unknown) => string | undefined;

/**
 * Runs one scenario of `test/interop/scenarios.ts`, and prints a line for each call: the result, or the error.
 *
 * @throws {Error} there is no such scenario.
 */
export async function play(name: string, calls: Calls, readError: ReadError): Promise<void> {
  const call = async (label: string, run: () => Promise<string>): Promise<void> => {
    const result = await run().catch((error: unknown) => {
      const sent = readError(error);
      if (sent !== undefined) return `server ${sent}`;
      return `client ${String(error).split("\n")[0]}`;
    });
    process.stdout.write(`${label} ${result}\n`);
  };
  const list = (args?: ListArguments): Promise<void> =>
    call("list", async () => {
      const { accessTokens, hasMore } = await calls.list(args);
      return `${accessTokens.map(({ id }) => id).join(",")} more=${hasMore}`;
    });
  const issue = (id: string, expiresAt?: string): Promise<void> =>
    call("issue", async () => {
      const dated = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) };
      const { accessToken } = await calls.issue({ id, scope: { ops: ["read"] }, ...dated });
      return accessToken === "" ? "no secret" : "secret";
    });
  const revoke = (id: string): Promise<void> =>
    call("revoke", async () => {
      await calls.revoke({ id });
      return "ok";
    });
  switch (name) {
    case "page-boundary":
      await list({ limit: 2 });
      await list({ startAfter: "b", limit: 2 });
      await list({ limit: 3 });
      return call("walk", async () => {
        const ids: string[] = [];
        for await (const { id } of calls.listAll()) ids.push(id);
        return ids.join(",");
      });
    case "expiry":
      await issue("dated", "2027-01-01");
      await issue("endless");
      await call("list", async () => {
        const { accessTokens } = await calls.list();
        return accessTokens.map(expiryOf).join(", ");
      });
      return issue("late", "2020-01-01");
    case "expired":
    case "missing-permission":
      await list();
      await issue("other");
      return revoke("other");
    case "taken-id":
    case "issue-500-after-commit":
    case "issue-503":
      return issue("taken");
    case "unknown-operation":
    case "list-503":
      return list();
    case "dot-ids":
      for (const id of ["..", "."]) {
        await revoke(id);
        await issue(id);
      }
      await revoke("");
      return revoke("a/b");
    case "gzip":
    case "zstd":
      await issue(name);
      return list();
    default:
      throw new Error(`no scenario ${name}`);
  }
}

function expiryOf({ id, expiresAt }: Listed): string {
  return `${id} ${expiresAt?.toISOString().replace(".000", "") ?? "never"}`;
}
