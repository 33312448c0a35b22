import type { Meaning, NoVerdict } from "./rule.js";

const received: NoVerdict = { none: "The service sends it: callers only receive." };
const answered: NoVerdict = { none: "Callers answer: their responses are what they send." };

/** Ids of the rules of this file. */
export type WebhookRuleId =
  | "webhook-removed"
  | "webhook-added"
  | "webhook-security-changed"
  | "webhook-parameter-added"
  | "webhook-parameter-removed"
  | "webhook-required-parameter-removed"
  | "webhook-parameter-made-optional"
  | "webhook-parameter-made-required"
  | "webhook-parameter-changed"
  | "webhook-body-added"
  | "webhook-body-removed"
  | "webhook-body-made-optional"
  | "webhook-body-made-required"
  | "webhook-status-added"
  | "webhook-status-removed"
  | "webhook-answer-removed"
  | "webhook-answer-added";

/**
 * Changes of what the service sends by itself: webhooks and callbacks. Callers receive these requests, and send the
 * responses, so that the rules of requests and responses hold the other way round.
 */
export const webhookRules: Readonly<Record<WebhookRuleId, Meaning>> = {
  "webhook-removed": {
    request: received,
    response: { who: ["behaviour"], means: "The service no longer calls." },
  },
  "webhook-added": {
    request: received,
    response: { who: [], means: "The service calls for one more reason." },
  },
  "webhook-security-changed": {
    request: received,
    response: { who: ["behaviour"], means: "The service identifies itself in another way." },
  },
  "webhook-parameter-added": {
    request: received,
    response: { who: [], means: "Receivers get one more parameter." },
  },
  "webhook-parameter-removed": {
    request: received,
    response: { who: ["types"], means: "Receivers can no longer read the parameter." },
  },
  "webhook-required-parameter-removed": {
    request: received,
    response: {
      who: ["strict-reader", "types"],
      means: "Receivers miss a parameter that was always there.",
    },
  },
  "webhook-parameter-made-optional": {
    request: received,
    response: {
      who: ["strict-reader", "types"],
      means: "Receivers miss a parameter that was always there.",
    },
  },
  "webhook-parameter-made-required": {
    request: received,
    response: { who: [], means: "Receivers always get the parameter." },
  },
  "webhook-parameter-changed": {
    request: received,
    response: {
      who: ["reader"],
      means: "Receivers find the value elsewhere, or written otherwise.",
    },
  },
  "webhook-body-added": {
    request: received,
    response: { who: [], means: "Receivers get a body where there was none." },
  },
  "webhook-body-removed": {
    request: received,
    response: { who: ["reader", "types"], means: "Receivers wait for a body that does not come." },
  },
  "webhook-body-made-optional": {
    request: received,
    response: { who: ["reader", "types"], means: "Receivers miss a body that was always there." },
  },
  "webhook-body-made-required": {
    request: received,
    response: { who: [], means: "Receivers always get a body." },
  },
  "webhook-status-added": {
    request: { who: [], means: "Receivers may answer with one more status code." },
    response: answered,
  },
  "webhook-status-removed": {
    request: { who: ["sender"], means: "Receivers that answer with this status code are refused." },
    response: answered,
  },
  "webhook-answer-removed": {
    request: { who: ["types"], means: "What receivers answer in the body is ignored." },
    response: answered,
  },
  "webhook-answer-added": {
    request: {
      who: ["sender", "types"],
      means: "Receivers that answer without a body are refused.",
    },
    response: answered,
  },
};
