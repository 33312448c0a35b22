import type { Draft } from "./draft.js";
import type { RuleId } from "./rules/all.js";

/** What changes of requests and responses are called where the service sends the request. */
const received: Readonly<Partial<Record<RuleId, RuleId>>> = {
  "required-parameter-added": "webhook-parameter-added",
  "optional-parameter-added": "webhook-parameter-added",
  "parameter-made-optional": "webhook-parameter-made-optional",
  "parameter-made-required": "webhook-parameter-made-required",
  "parameter-moved": "webhook-parameter-changed",
  "parameter-style-changed": "webhook-parameter-changed",
  "reserved-characters-allowed": "webhook-parameter-changed",
  "reserved-characters-refused": "webhook-parameter-changed",
  "required-body-added": "webhook-body-added",
  "optional-body-added": "webhook-body-added",
  "body-removed": "webhook-body-removed",
  "body-made-optional": "webhook-body-made-optional",
  "body-made-required": "webhook-body-made-required",
};

const answered: Readonly<Partial<Record<RuleId, RuleId>>> = {
  "success-status-added": "webhook-status-added",
  "error-status-added": "webhook-status-added",
  "success-status-removed": "webhook-status-removed",
  "success-status-changed": "webhook-status-removed",
  "error-status-removed": "webhook-status-removed",
  "error-class-removed": "webhook-status-removed",
  "response-body-removed": "webhook-answer-removed",
  "response-body-added": "webhook-answer-added",
};

/** A change of a webhook or callback, seen by who receives it. */
export function asReceived(draft: Draft): Draft {
  const [response, request] = [received[draft.rule], answered[draft.rule]];
  if (response !== undefined) return { ...draft, rule: response, direction: "response" };
  return request === undefined ? draft : { ...draft, rule: request, direction: "request" };
}
