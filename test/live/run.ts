import { randomBytes } from "node:crypto";
import { judgeOf } from "../contract/checks/judge.js";
import { readContract } from "../contract/read-document.js";
import { current } from "../contract/released.js";
import { createCaller, type Difference } from "./caller.js";
import { createLeftovers } from "./leftovers.js";
import { probe } from "./probes.js";
import type { Settings } from "./settings.js";

/** What came of a run. No secret and no value of an answer is in it. */
export interface LiveReport {
  readonly prefix: string;
  readonly calls: number;
  readonly differences: readonly Difference[];
  /** Why the run did not come to its end; undefined if it did. */
  readonly stopped: string | undefined;
  /** Ids that could not be revoked. */
  readonly left: readonly string[];
}

/**
 * Calls a provider of the contract, with ids of a random prefix, and revokes them, however the run ends.
 *
 * @param signal - ends the run before its next call
 */
export async function runLive(
  { baseUrl, accessToken }: Settings,
  signal: AbortSignal,
): Promise<LiveReport> {
  const caller = createCaller(baseUrl, readContract(current), judgeOf(current));
  const prefix = `contract-test-${randomBytes(8).toString("hex")}/`;
  const leftovers = createLeftovers(caller, accessToken, prefix);
  const secrets = [accessToken];
  let stopped: string | undefined;
  try {
    await probe({
      caller,
      bearer: accessToken,
      prefix,
      expect: leftovers.expect,
      learn: (secret) => secrets.push(secret),
      // A call under way is never cut off: what it issues could not be revoked before it is there.
      goOn: () => signal.throwIfAborted(),
    });
  } catch (error) {
    stopped = wordsOf(error);
  }
  const left = await leftovers.remove();
  const hidden = (text: string): string =>
    secrets.reduce((clear, secret) => clear.replaceAll(secret, "[secret]"), text);
  return {
    prefix,
    calls: caller.calls(),
    differences: caller.differences().map((one) => ({ ...one, what: hidden(one.what) })),
    stopped: stopped === undefined ? undefined : hidden(stopped),
    left,
  };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message } = error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
