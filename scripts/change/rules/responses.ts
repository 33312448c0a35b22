import type { Meaning } from "./rule.js";

const responsesOnly = "Requests have parameters and a body instead, with their own rules.";

/** Ids of the rules of this file. */
export type ResponseRuleId =
  | "success-status-removed"
  | "success-status-added"
  | "success-status-changed"
  | "error-status-removed"
  | "error-class-removed"
  | "error-status-added"
  | "error-code-added"
  | "error-code-removed"
  | "response-body-removed"
  | "response-body-added"
  | "media-type-removed"
  | "media-type-added"
  | "header-removed"
  | "required-header-removed"
  | "header-added"
  | "header-made-optional"
  | "header-made-required";

/** Changes of statuses, media types, headers and error codes. */
export const responseRules: Readonly<Record<ResponseRuleId, Meaning>> = {
  "success-status-removed": {
    request: { none: responsesOnly },
    response: {
      who: ["reader"],
      means: "Readers that check the status code expect one that is no longer sent.",
    },
  },
  "success-status-added": {
    request: { none: responsesOnly },
    response: {
      who: ["strict-reader"],
      means: "Readers get a success status code that they do not list.",
    },
  },
  "success-status-changed": {
    request: { none: responsesOnly },
    response: {
      who: ["reader"],
      means: "Readers get a different success status code than the one that they list.",
    },
  },
  "error-status-removed": {
    request: { none: responsesOnly },
    response: { who: [], means: "Readers no longer get this status code." },
  },
  "error-class-removed": {
    request: { none: responsesOnly },
    response: {
      who: ["types"],
      means: "No operation has this error status, so its class is gone.",
    },
  },
  "error-status-added": {
    request: { none: responsesOnly },
    response: {
      who: ["strict-reader", "switch"],
      means: "Readers get a status code other than success that they do not list.",
    },
  },
  "error-code-added": {
    request: { none: responsesOnly },
    response: { who: ["switch"], means: "Readers get an error code that they do not list." },
  },
  "error-code-removed": {
    request: { none: responsesOnly },
    response: { who: [], means: "Readers no longer get this error code." },
  },
  "response-body-removed": {
    request: { none: responsesOnly },
    response: { who: ["reader", "types"], means: "Readers expect a body that is no longer sent." },
  },
  "response-body-added": {
    request: { none: responsesOnly },
    response: { who: [], means: "Readers get a body where there was none." },
  },
  "media-type-removed": {
    request: { who: ["sender"], means: "Bodies of this media type are refused." },
    response: {
      who: ["reader"],
      means: "Readers of this media type can no longer read the response.",
    },
  },
  "media-type-added": {
    request: { who: [], means: "Bodies may have one more media type." },
    response: { who: [], means: "Readers may ask for one more media type." },
  },
  "header-removed": {
    request: { none: "Header parameters of requests have their own rules." },
    response: { who: ["types"], means: "Readers can no longer read the header." },
  },
  "required-header-removed": {
    request: { none: "Header parameters of requests have their own rules." },
    response: {
      who: ["strict-reader", "types"],
      means: "Readers miss a header that was always there.",
    },
  },
  "header-added": {
    request: { none: "Header parameters of requests have their own rules." },
    response: { who: [], means: "Readers may read one more header." },
  },
  "header-made-optional": {
    request: { none: "Header parameters of requests have their own rules." },
    response: {
      who: ["strict-reader", "types"],
      means: "Readers miss a header that was always there.",
    },
  },
  "header-made-required": {
    request: { none: "Header parameters of requests have their own rules." },
    response: { who: [], means: "Readers always get the header." },
  },
};
