import type { Meaning } from "./rule.js";

const inputOnly = "The rule applies to input only: responses are not checked against it.";

/** Ids of the rules of this file. */
export type FactRuleId =
  | "default-changed"
  | "default-removed"
  | "default-added"
  | "encoding-changed"
  | "secret-exposed"
  | "secret-marked"
  | "property-name-changed"
  | "some-of-narrowed"
  | "some-of-widened"
  | "requirement-added"
  | "requirement-dropped"
  | "error-body-changed"
  | "error-body-described"
  | "discriminator-changed"
  | "tag-value-removed"
  | "tag-value-added"
  | "deprecated"
  | "no-longer-deprecated"
  | "note-changed"
  | "prose-changed";

/** Changes of keywords that do not restrict values: defaults, secrets, names and our extensions. */
export const factRules: Readonly<Record<FactRuleId, Meaning>> = {
  "default-changed": {
    request: { who: ["behaviour"], means: "An absent value has another meaning." },
    response: { who: ["behaviour"], means: "An absent value has another meaning." },
  },
  "default-removed": {
    request: { who: ["behaviour"], means: "An absent value no longer has a known default." },
    response: { who: ["behaviour"], means: "An absent value no longer has a known default." },
  },
  "default-added": {
    request: { who: [], means: "An absent value now has a known default." },
    response: { who: [], means: "An absent value now has a known default." },
  },
  "encoding-changed": {
    request: { who: ["behaviour"], means: "The same bytes are written in another string." },
    response: { who: ["behaviour"], means: "The same string stands for other bytes." },
  },
  "secret-exposed": {
    request: { who: ["behaviour"], means: "Logs may show a value that was redacted." },
    response: { who: ["behaviour"], means: "Logs may show a value that was redacted." },
  },
  "secret-marked": {
    request: { who: [], means: "Logs redact the value." },
    response: { who: [], means: "Logs redact the value." },
  },
  "property-name-changed": {
    request: { who: ["types"], means: "Callers know the property by another name." },
    response: { who: ["types"], means: "Callers know the property by another name." },
  },
  "some-of-narrowed": {
    request: {
      who: ["types"],
      means: "Input that gives none of the listed properties is refused.",
    },
    response: { none: inputOnly },
  },
  "some-of-widened": {
    request: { who: [], means: "More input satisfies the rule." },
    response: { none: inputOnly },
  },
  "requirement-added": {
    request: { who: ["types"], means: "Input with the flag needs another property." },
    response: { none: inputOnly },
  },
  "requirement-dropped": {
    request: { who: [], means: "Input with the flag needs no other property, or less of it." },
    response: { none: inputOnly },
  },
  "error-body-changed": {
    request: { none: "Only responses carry errors." },
    response: {
      who: ["behaviour"],
      means: "Other properties contain the code and the message of an error.",
    },
  },
  "error-body-described": {
    request: { none: "Only responses carry errors." },
    response: { who: [], means: "Code and message of an error can be read." },
  },
  "discriminator-changed": {
    request: { who: ["types"], means: "Another property distinguishes the branches." },
    response: { who: ["types"], means: "Another property distinguishes the branches." },
  },
  "tag-value-removed": {
    request: {
      who: ["sender", "types"],
      means: "A value that named a branch no longer names it.",
    },
    response: { who: [], means: "Readers no longer get this value for the branch." },
  },
  "tag-value-added": {
    request: { who: [], means: "Senders may name the branch by one more value." },
    response: {
      who: ["strict-reader", "switch"],
      means: "Readers get a value that they do not list, for a branch that they know.",
    },
  },
  deprecated: {
    request: { who: [], means: "Callers are warned not to use it." },
    response: { who: [], means: "Callers are warned not to use it." },
  },
  "no-longer-deprecated": {
    request: { who: [], safe: "patch", means: "Callers are no longer warned." },
    response: { who: [], safe: "patch", means: "Callers are no longer warned." },
  },
  "note-changed": {
    request: { who: [], safe: "patch", means: "A keyword changed that affects no consumer." },
    response: { who: [], safe: "patch", means: "A keyword changed that affects no consumer." },
  },
  "prose-changed": {
    request: { who: [], safe: "patch", means: "Descriptions or examples changed." },
    response: { who: [], safe: "patch", means: "Descriptions or examples changed." },
  },
};
