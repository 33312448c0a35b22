import type { Answer } from "../engine/answer.js";
import type { Contract } from "../engine/contract.js";
import type { Backend } from "../engine/engine.js";
import { isJsonObject } from "../engine/json.js";
import { type OwnRefusal, refuseItself } from "../engine/refusals.js";
import { refuse } from "../state/refusal.js";
import { type Fault, readFault } from "./fault.js";
import type { PlanRunner } from "./plan-runner.js";
import { outOfReach } from "./reach.js";

/**
 * Reads the fault that a request asks for by `Prefer: fault=…`.
 *
 * @throws {Refusal} if there is no such fault, or the header names more than one.
 */
export function preferredFault(prefer: string | undefined): Fault | undefined {
  // Names are case-insensitive (RFC 7240 §2), and Prism accepts each of these separators.
  const halves = (prefer ?? "").split("=").map((half) => half.trim());
  const wishes = halves.join("=").split(/[,;\s]+/);
  const texts = wishes.flatMap((wish) => /^fault=(.*)$/i.exec(wish)?.[1] ?? []);
  const [text, ...more] = texts.map((one) => one.replace(/^"(.*)"$/, "$1"));
  if (text === undefined) return undefined;
  if (more.length > 0) throw refuseFault("A request can ask for one fault only");
  try {
    return readFault(text);
  } catch (error) {
    throw refuseFault(error instanceof Error ? error.message : String(error));
  }
}

/** Refuses a fault that cannot be injected: a test that asked for it should not pass without it. */
export function refuseFault(message: string): OwnRefusal {
  return refuseItself(400, "bad_fault", message);
}

/** A backend that injects a fault. */
export interface FaultyBackend {
  readonly backend: Backend;
  /** The fault that it injected, if any. */
  readonly injected: () => Fault | undefined;
}

/**
 * Wraps a backend so that it injects a fault before or after the change of state. Requests that never reach the state,
 * because their bearer token or their form is wrong, get no fault.
 *
 * @param preferred - the fault that the request asks for; without one, the plan decides
 */
export function faultyBackend(
  inner: Backend,
  contract: Contract,
  preferred: Fault | undefined,
  runner: PlanRunner,
): FaultyBackend {
  let fault: Fault | undefined;
  const backend: Backend = {
    ...inner,
    answer: (operationId, input, caller) => {
      const why = preferred && outOfReach(contract, operationId, preferred);
      if (why !== undefined) throw refuseFault(why);
      fault = preferred ?? runner.next(operationId);
      if (fault === undefined) return inner.answer(operationId, input, caller);
      if (fault.kind === "error") {
        if (fault.after) attempt(() => inner.answer(operationId, input, caller));
        const when = fault.after ? "after the change of state" : "before any change of state";
        throw refuse(fault.code, `Injected fault: ${fault.code}`, `a fault, ${when}`);
      }
      if (fault.kind === "reset") {
        if (fault.after) attempt(() => inner.answer(operationId, input, caller));
        throw refuse("unavailable", "The connection is reset", "a fault: the connection is reset");
      }
      if (fault.kind === "redirect") {
        throw refuse("unavailable", "The client is redirected", "a fault: a redirect");
      }
      if (fault.kind !== "repeated-page") return inner.answer(operationId, input, caller);
      const first = { ...input.parameters, start_after: "" };
      const answer = inner.answer(operationId, { ...input, parameters: first }, caller);
      return { ...answer, body: { ...Object(answer.body), has_more: true } };
    },
  };
  return { backend, injected: () => fault };
}

/** A response, possibly with a fault. */
export interface FaultyAnswer extends Answer {
  /** Milliseconds to wait before sending. */
  readonly delay?: number;
  /** Reset the connection instead of sending the response. */
  readonly reset?: true;
  /** The body to send, if it is not the JSON of {@link Answer.body}. */
  readonly text?: string;
  /** Produces an endless body by calling `send`. Returns a function that stops it. */
  readonly feed?: (send: (text: string) => void) => () => void;
}

/** Injects a fault into a response. The result may violate the contract, on purpose. */
export function inject(answer: Answer, fault: Fault | undefined): FaultyAnswer {
  switch (fault?.kind) {
    case undefined:
      return answer;
    case "latency":
      return { ...answer, delay: fault.milliseconds };
    case "error": {
      if (fault.code !== "rate_limited" || fault.retryAfter === undefined) return answer;
      const retry = { "retry-after-ms": String(fault.retryAfter) };
      return { ...answer, headers: { ...answer.headers, ...retry } };
    }
    case "reset":
      return { ...answer, reset: true };
    case "truncated": {
      const text = JSON.stringify(answer.body ?? {});
      return {
        ...answer,
        text: text.slice(0, Math.ceil(text.length / 2)),
        reason: "a fault: truncated",
      };
    }
    case "wrong-type":
      return {
        ...answer,
        headers: { ...answer.headers, "content-type": "text/html" },
        text: "<!doctype html><title>A proxy</title><p>This page is not of the service.</p>",
        reason: "a fault: an HTML page",
      };
    case "unknown":
      return {
        ...answer,
        body: withUnknown(answer.body),
        reason: "a fault: unknown kinds of data",
      };
    case "repeated-page":
      return { ...answer, reason: "a fault: the first page again" };
    case "redirect": {
      // The domain `.invalid` never resolves (RFC 2606), so that nothing is sent anywhere.
      const location = "http://elsewhere.invalid/v1/access-tokens";
      return { ...answer, status: 307, headers: { location }, body: undefined };
    }
  }
}

/**
 * Adds an unknown property to every object, and an unknown operation to every list of operations, at every depth. The
 * first token of a page also gets an unknown kind of set.
 */
function withUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknown);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, inner]) => {
    const grown = withUnknown(inner);
    if (!Array.isArray(grown)) return [name, grown];
    if (name === "ops") return [name, [...grown, "an-operation-to-come"]];
    return [name, name === "access_tokens" ? grown.map(withUnknownSet) : grown];
  });
  return { ...Object.fromEntries(members), a_property_to_come: { of: ["any", "shape"] } };
}

/** Gives the first token a set of an unknown kind; if possible, in place of a set that matches nothing. */
function withUnknownSet(token: unknown, index: number): unknown {
  if (index > 0 || !isJsonObject(token) || !isJsonObject(token["scope"])) return token;
  const { scope } = token;
  const free = ["access_tokens", "basins", "streams"].find((name) => scope[name] === null);
  return { ...token, scope: { ...scope, [free ?? "streams"]: { suffix: "y" } } };
}

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // A request that would have been refused gets the fault as well.
  }
}
