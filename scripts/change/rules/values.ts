import type { Meaning } from "./rule.js";

/** Ids of the rules of this file. */
export type ValueRuleId =
  | "type-changed"
  | "type-removed"
  | "type-added"
  | "integer-required"
  | "fraction-allowed"
  | "null-refused"
  | "null-allowed"
  | "enum-value-removed"
  | "enum-value-added"
  | "enum-added"
  | "enum-removed"
  | "value-refused"
  | "value-no-longer-refused"
  | "limit-tightened"
  | "limit-loosened"
  | "pattern-added"
  | "pattern-removed"
  | "pattern-changed"
  | "format-added"
  | "format-removed"
  | "format-changed"
  | "unique-required"
  | "repetition-allowed"
  | "condition-added"
  | "condition-removed"
  | "condition-changed";

/** Changes of the values that a schema allows. */
export const valueRules: Readonly<Record<ValueRuleId, Meaning>> = {
  "type-changed": {
    request: {
      who: ["sender", "types"],
      value: true,
      means: "Values of the old type are refused.",
    },
    response: {
      who: ["reader", "types"],
      value: true,
      means: "Readers get a type they do not expect.",
    },
  },
  "type-removed": {
    request: {
      who: ["sender", "types"],
      value: true,
      means: "Values of a type that was allowed are refused.",
    },
    response: { who: [], means: "Readers get fewer types than they can read." },
  },
  "type-added": {
    request: { who: [], means: "Senders may send one more type." },
    response: {
      who: ["reader", "types"],
      value: true,
      means: "Readers get a type they do not expect.",
    },
  },
  "integer-required": {
    request: { who: ["sender"], value: true, means: "Numbers with a fraction are refused." },
    response: { who: [], means: "Readers get whole numbers only." },
  },
  "fraction-allowed": {
    request: { who: [], means: "Senders may send numbers with a fraction." },
    response: { who: ["reader"], value: true, means: "Readers of integers get a fraction." },
  },
  "null-refused": {
    request: { who: ["sender", "types"], value: true, means: "Null is refused." },
    response: { who: [], means: "Readers no longer get null." },
  },
  "null-allowed": {
    request: { who: [], means: "Senders may send null." },
    response: { who: ["reader", "types"], value: true, means: "Readers get null." },
  },
  "enum-value-removed": {
    request: {
      who: ["sender", "types"],
      value: true,
      means: "A value that was allowed is refused.",
    },
    response: { who: [], means: "Readers no longer get this value." },
  },
  "enum-value-added": {
    request: { who: [], means: "Senders may send one more value." },
    response: {
      who: ["strict-reader", "switch"],
      value: true,
      means: "Readers get a value that they do not list.",
    },
  },
  "enum-added": {
    request: {
      who: ["sender", "types"],
      value: true,
      means: "Only the listed values are allowed.",
    },
    response: { who: [], means: "Readers get the listed values only." },
  },
  "enum-removed": {
    request: { who: [], means: "Any value of the type is allowed." },
    response: {
      who: ["strict-reader", "switch"],
      value: true,
      means: "Readers get values that they do not list.",
    },
  },
  "value-refused": {
    request: { who: ["sender"], value: true, means: "A value that was allowed is refused." },
    response: { who: [], means: "Readers no longer get this value." },
  },
  "value-no-longer-refused": {
    request: { who: [], means: "A value that was refused is allowed." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get a value that was forbidden.",
    },
  },
  "limit-tightened": {
    request: { who: ["sender"], value: true, means: "Values within the old limit are refused." },
    response: { who: [], means: "Readers get values within a tighter limit." },
  },
  "limit-loosened": {
    request: { who: [], means: "Senders may go beyond the old limit." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get values beyond the old limit.",
    },
  },
  "pattern-added": {
    request: { who: ["sender"], value: true, means: "Values that do not match are refused." },
    response: { who: [], means: "Readers get matching values only." },
  },
  "pattern-removed": {
    request: { who: [], means: "Values need not match any more." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get values that do not match.",
    },
  },
  "pattern-changed": {
    request: {
      who: ["sender"],
      value: true,
      means: "Values that matched the old pattern are refused.",
    },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get values that do not match.",
    },
  },
  "format-added": {
    request: { who: ["sender"], value: true, means: "Values in another format are refused." },
    response: { who: [], means: "Readers get values of this format only." },
  },
  "format-removed": {
    request: { who: [], means: "Values may have any format." },
    response: { who: ["reader"], value: true, means: "Readers get values in another format." },
  },
  "format-changed": {
    request: {
      who: ["sender", "types"],
      value: true,
      means: "Values of the old format are refused.",
    },
    response: {
      who: ["reader", "types"],
      value: true,
      means: "Readers get values in another format.",
    },
  },
  "unique-required": {
    request: { who: ["sender"], value: true, means: "Lists with repetitions are refused." },
    response: { who: [], means: "Readers get lists without repetitions." },
  },
  "repetition-allowed": {
    request: { who: [], means: "Lists may repeat items." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get lists with repetitions.",
    },
  },
  "condition-added": {
    request: {
      who: ["sender"],
      value: true,
      means: "Values that break the condition are refused.",
    },
    response: { who: [], means: "Readers get values that keep the condition." },
  },
  "condition-removed": {
    request: { who: [], means: "Values need not keep the condition any more." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get values that break the condition.",
    },
  },
  "condition-changed": {
    request: {
      who: ["sender"],
      value: true,
      means: "Values that kept the old condition break the new one.",
    },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get values that break the old condition.",
    },
  },
};
