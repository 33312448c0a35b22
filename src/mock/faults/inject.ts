import type { Answer } from "../engine/answer.js";
import type { Contract } from "../engine/contract.js";
import type { Backend } from "../engine/engine.js";
import { isJsonObject } from "../engine/json.js";
import { type OwnRefusal, refuseItself } from "../engine/refusals.js";
import { refuse } from "../state/refusal.js";
import { type Fault, readFault } from "./fault.js";
import type { FaultChooser } from "./plan-runner.js";
import { outOfReach } from "./reach.js";

/**
 * The fault that a request asks for by `Prefer: fault=…`.
 *
 * @throws {Refusal} there is no such fault, or more than one.
 */
export function preferredFault(prefer: string | undefined): Fault | undefined {
  // Names are the same in capitals (RFC 7240 §2), and Prism takes any of these between two.
  const wishes = (prefer ?? "").replace(/\s*=\s*/g, "=").split(/[,;\s]+/);
  const texts = wishes.flatMap((wish) => /^fault=(.*)$/i.exec(wish)?.[1] ?? []);
  const [text, ...more] = texts.map((one) => one.replace(/^"(.*)"$/, "$1"));
  if (text === undefined) return undefined;
  if (more.length > 0) throw refuseFault("A request is struck by one fault at most");
  try {
    return readFault(text);
  } catch (error) {
    throw refuseFault(error instanceof Error ? error.message : String(error));
  }
}

/** The refusal of a fault that cannot strike; better than an answer without it. */
export function refuseFault(message: string): OwnRefusal {
  return refuseItself(400, "bad_fault", message);
}

/** A backend whose answers faults strike, and the fault that struck, once it has answered. */
export interface StruckBackend {
  readonly backend: Backend;
  readonly struck: () => Fault | undefined;
}

/**
 * Lets a fault strike before or after the change of state. Requests that never reach the state, because their bearer or
 * their form is wrong, are not struck.
 */
export function struckBackend(
  inner: Backend,
  contract: Contract,
  preferred: Fault | undefined,
  chooser: FaultChooser,
): StruckBackend {
  let struck: Fault | undefined;
  const backend: Backend = {
    ...inner,
    answer: (operationId, input, caller) => {
      const why = preferred && outOfReach(contract, operationId, preferred);
      if (why !== undefined) throw refuseFault(why);
      struck = preferred ?? chooser.choose(operationId);
      if (struck === undefined) return inner.answer(operationId, input, caller);
      if (struck.kind === "error") {
        if (struck.after) attempt(() => inner.answer(operationId, input, caller));
        const when = struck.after ? "after the change of state" : "before any change of state";
        throw refuse(struck.code, `A fault that was asked for: ${struck.code}`, `a fault, ${when}`);
      }
      if (struck.kind === "reset") {
        if (struck.after) attempt(() => inner.answer(operationId, input, caller));
        throw refuse(
          "unavailable",
          "The connection breaks off",
          "a fault: the connection breaks off",
        );
      }
      if (struck.kind === "redirect") {
        throw refuse("unavailable", "The client is sent elsewhere", "a fault: a redirect");
      }
      if (struck.kind !== "repeated-page") return inner.answer(operationId, input, caller);
      const first = { ...input.parameters, start_after: "" };
      const answer = inner.answer(operationId, { ...input, parameters: first }, caller);
      return { ...answer, body: { ...Object(answer.body), has_more: true } };
    },
  };
  return { backend, struck: () => struck };
}

/** An answer as a fault leaves it, and what the connection does with it. */
export interface StruckAnswer extends Answer {
  /** Milliseconds to wait before it is sent. */
  readonly delay?: number;
  /** The connection breaks off in its place. */
  readonly reset?: true;
  /** The body as it is sent, where it is not the JSON of {@link Answer.body}. */
  readonly text?: string;
}

/** Lets a fault strike what leaves. From here on an answer may break the contract: that is what it is for. */
export function strike(answer: Answer, fault: Fault | undefined): StruckAnswer {
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
        reason: "a fault: a page of HTML",
      };
    case "unknown":
      return { ...answer, body: withUnknown(answer.body), reason: "a fault: unknown properties" };
    case "repeated-page":
      return { ...answer, reason: "a fault: the first page again" };
    case "redirect": {
      // No name under this domain ever exists, so nothing is sent anywhere.
      const location = "http://elsewhere.invalid/v1/access-tokens";
      return { ...answer, status: 307, headers: { location }, body: undefined };
    }
  }
}

/** Objects get a property more, and lists of operations an operation more, at every depth. */
function withUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknown);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, inner]) => [
    name,
    name === "ops" && Array.isArray(inner)
      ? [...inner, "an-operation-to-come"]
      : withUnknown(inner),
  ]);
  return { ...Object.fromEntries(members), a_property_to_come: { of: ["any", "shape"] } };
}

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // What would have been refused is answered by the fault all the same.
  }
}
