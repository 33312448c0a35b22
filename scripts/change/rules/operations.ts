import type { Meaning } from "./rule.js";

const notCarried = "It is not part of a message: requests and responses share this name or place.";

/** Ids of the rules of this file. */
export type OperationRuleId =
  | "operation-removed"
  | "operation-added"
  | "route-changed"
  | "operation-renamed"
  | "tag-changed"
  | "component-renamed"
  | "component-removed"
  | "pagination-removed"
  | "pagination-added"
  | "pagination-changed"
  | "pagination-described"
  | "lookup-removed"
  | "lookup-added"
  | "security-tightened"
  | "security-loosened"
  | "scheme-renamed"
  | "server-changed"
  | "server-removed"
  | "server-added"
  | "server-variable-removed"
  | "server-variable-added"
  | "error-code-facts-changed"
  | "error-code-undescribed"
  | "error-code-described"
  | "contract-note-changed";

/** Changes of operations as a whole, of their names, of security and of servers. */
export const operationRules: Readonly<Record<OperationRuleId, Meaning>> = {
  "operation-removed": {
    request: { who: ["sender", "types"], means: "Calls of the operation are refused." },
    response: { none: "Without a request there is no response." },
  },
  "operation-added": {
    request: { who: [], means: "There is one more operation to call." },
    response: { none: "Without a request there is no response." },
  },
  "route-changed": {
    request: { who: ["sender"], means: "Requests to the old method and path are refused." },
    response: { none: "Responses have no route." },
  },
  "operation-renamed": {
    request: { who: ["types"], means: "Callers know the method by another name." },
    response: { none: notCarried },
  },
  "tag-changed": {
    request: { who: ["types"], means: "The method is found under another resource." },
    response: { none: notCarried },
  },
  "component-renamed": {
    request: { who: ["types"], means: "Callers know the type by another name." },
    response: { none: notCarried },
  },
  "component-removed": {
    request: {
      who: ["types"],
      means: "The type no longer has a name; its content is inline.",
    },
    response: { none: notCarried },
  },
  "pagination-removed": {
    request: { who: ["types"], means: "Callers can no longer iterate over all pages." },
    response: { none: "One rule covers both directions: parameters and properties of a page." },
  },
  "pagination-added": {
    request: { who: [], means: "Callers can iterate over all pages." },
    response: { none: "One rule covers both directions: parameters and properties of a page." },
  },
  "pagination-changed": {
    request: { who: ["behaviour"], means: "Iteration uses another parameter or property." },
    response: { none: "One rule covers both directions: parameters and properties of a page." },
  },
  "pagination-described": {
    request: { who: [], means: "The contract describes more of the pagination." },
    response: { none: "One rule covers both directions: parameters and properties of a page." },
  },
  "lookup-removed": {
    request: { who: ["types"], means: "Callers can no longer look up one item." },
    response: { none: "Only callers look up items." },
  },
  "lookup-added": {
    request: { who: [], means: "Callers can look up one item." },
    response: { none: "Only callers look up items." },
  },
  "security-tightened": {
    request: { who: ["sender"], means: "Requests with the old credentials are refused." },
    response: { none: "Responses carry no credentials." },
  },
  "security-loosened": {
    request: { who: [], means: "Requests may carry other credentials, or fewer." },
    response: { none: "Responses carry no credentials." },
  },
  "scheme-renamed": {
    request: { who: ["types"], means: "The option for the credentials has another name." },
    response: { none: "Responses carry no credentials." },
  },
  "server-changed": {
    request: { who: ["behaviour"], means: "The same call goes to another server." },
    response: { none: "Servers concern requests only." },
  },
  "server-removed": {
    request: { who: ["behaviour"], means: "A server that callers may have chosen is gone." },
    response: { none: "Servers concern requests only." },
  },
  "server-added": {
    request: { who: [], means: "Callers may choose one more server." },
    response: { none: "Servers concern requests only." },
  },
  "server-variable-removed": {
    request: { who: ["types"], means: "Callers can no longer set this variable of the server." },
    response: { none: "Responses are not addressed." },
  },
  "server-variable-added": {
    request: { who: [], means: "Callers can set one more variable of the server." },
    response: { none: "Responses are not addressed." },
  },
  "error-code-facts-changed": {
    request: { none: "Only responses carry error codes." },
    response: {
      who: ["behaviour"],
      means: "Retries, or what callers may conclude from the error, change.",
    },
  },
  "error-code-undescribed": {
    request: { none: "Only responses carry error codes." },
    response: {
      who: ["behaviour"],
      means: "The table no longer says whether the error can be retried.",
    },
  },
  "error-code-described": {
    request: { none: "Only responses carry error codes." },
    response: { who: [], means: "The table describes one more code." },
  },
  "contract-note-changed": {
    request: {
      who: [],
      safe: "patch",
      means: "Descriptions, examples or the title of the document changed.",
    },
    response: { none: "The document as a whole has no direction." },
  },
};
