import type { Meaning } from "./rule.js";

const requestsOnly = "Responses have headers in their place, with rules of their own.";

/** Ids of the rules of this file. */
export type RequestRuleId =
  | "required-parameter-added"
  | "optional-parameter-added"
  | "parameter-removed"
  | "parameter-made-required"
  | "parameter-made-optional"
  | "parameter-moved"
  | "parameter-name-changed"
  | "parameter-style-changed"
  | "reserved-characters-refused"
  | "reserved-characters-allowed"
  | "required-body-added"
  | "optional-body-added"
  | "body-removed"
  | "body-made-required"
  | "body-made-optional"
  | "body-encoding-changed";

/** Changes of parameters and request bodies. */
export const requestRules: Readonly<Record<RequestRuleId, Meaning>> = {
  "required-parameter-added": {
    request: { who: ["sender", "types"], means: "Requests without it are refused." },
    response: { none: requestsOnly },
  },
  "optional-parameter-added": {
    request: { who: [], means: "Callers may give one more parameter." },
    response: { none: requestsOnly },
  },
  "parameter-removed": {
    request: { who: ["sender", "types"], means: "Callers can no longer give it." },
    response: { none: requestsOnly },
  },
  "parameter-made-required": {
    request: { who: ["sender", "types"], means: "Requests without it are refused." },
    response: { none: requestsOnly },
  },
  "parameter-made-optional": {
    request: { who: [], means: "Callers may leave it out." },
    response: { none: requestsOnly },
  },
  "parameter-moved": {
    request: {
      who: ["sender"],
      means: "The server reads the value from another part of the request.",
    },
    response: { none: requestsOnly },
  },
  "parameter-name-changed": {
    request: { who: ["types"], means: "Callers know the parameter by another name." },
    response: { none: requestsOnly },
  },
  "parameter-style-changed": {
    request: { who: ["sender"], means: "The value has another serialization." },
    response: { none: requestsOnly },
  },
  "reserved-characters-refused": {
    request: { who: ["sender"], means: "Reserved characters must be percent-encoded." },
    response: { none: requestsOnly },
  },
  "reserved-characters-allowed": {
    request: { who: [], means: "Reserved characters may be sent as they are." },
    response: { none: requestsOnly },
  },
  "required-body-added": {
    request: { who: ["sender", "types"], means: "Requests without a body are refused." },
    response: { none: "A response body has no `required`; see response-body-added." },
  },
  "optional-body-added": {
    request: { who: [], means: "Requests may have a body." },
    response: { none: "A response body has no `required`; see response-body-added." },
  },
  "body-removed": {
    request: { who: ["sender", "types"], means: "Callers can no longer give a body." },
    response: { none: "See response-body-removed." },
  },
  "body-made-required": {
    request: { who: ["sender", "types"], means: "Requests without a body are refused." },
    response: { none: "A response body has no `required`; see response-body-added." },
  },
  "body-made-optional": {
    request: { who: [], means: "Callers may leave the body out." },
    response: { none: "A response body has no `required`; see response-body-removed." },
  },
  "body-encoding-changed": {
    request: { who: ["sender"], means: "Parts of the body are written in another way." },
    response: { none: "Only request bodies have an encoding." },
  },
};
