import type { Meaning } from "./rule.js";

/** Ids of the rules of this file. */
export type ObjectRuleId =
  | "required-property-added"
  | "optional-property-added"
  | "property-added-to-closed"
  | "property-removed"
  | "property-removed-from-closed"
  | "required-property-removed"
  | "required-property-removed-from-closed"
  | "property-made-required"
  | "property-made-optional"
  | "object-closed"
  | "object-opened"
  | "other-properties-limited"
  | "other-properties-freed"
  | "items-limited"
  | "items-freed"
  | "list-closed"
  | "list-opened"
  | "union-added"
  | "union-removed"
  | "union-branch-removed"
  | "union-branch-added"
  | "union-made-exclusive"
  | "union-made-inclusive"
  | "tuple-shortened"
  | "tuple-lengthened";

/** Changes of objects, lists and unions. */
export const objectRules: Readonly<Record<ObjectRuleId, Meaning>> = {
  "required-property-added": {
    request: { who: ["sender", "types"], value: true, means: "Requests without it are refused." },
    response: { who: [], means: "Readers get one more property." },
  },
  "optional-property-added": {
    request: { who: [], means: "Senders may send one more property." },
    response: { who: [], means: "Readers may get one more property." },
  },
  "property-added-to-closed": {
    request: { who: [], means: "Senders may send a property that was refused." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get a property that was forbidden.",
    },
  },
  "property-removed": {
    request: {
      who: ["types"],
      means: "Callers can no longer give it; a service that gets it ignores it.",
    },
    response: { who: ["types"], means: "Callers can no longer read it." },
  },
  "property-removed-from-closed": {
    request: { who: ["sender", "types"], value: true, means: "Requests with it are refused." },
    response: { who: ["types"], means: "Callers can no longer read it." },
  },
  "required-property-removed": {
    request: {
      who: ["types"],
      means: "Callers can no longer give it; a service that gets it ignores it.",
    },
    response: {
      who: ["reader", "types"],
      value: true,
      means: "Readers miss a property that was always there.",
    },
  },
  "required-property-removed-from-closed": {
    request: { who: ["sender", "types"], value: true, means: "Requests with it are refused." },
    response: {
      who: ["reader", "types"],
      value: true,
      means: "Readers miss a property that was always there.",
    },
  },
  "property-made-required": {
    request: { who: ["sender", "types"], value: true, means: "Requests without it are refused." },
    response: { who: [], means: "Readers always get it." },
  },
  "property-made-optional": {
    request: { who: [], means: "Senders may leave it out." },
    response: {
      who: ["reader", "types"],
      value: true,
      means: "Readers miss a property that was always there.",
    },
  },
  "object-closed": {
    request: { who: ["sender"], value: true, means: "Requests with other properties are refused." },
    response: { who: [], means: "Readers get the listed properties only." },
  },
  "object-opened": {
    request: { who: [], means: "Other properties are allowed." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get properties that were forbidden.",
    },
  },
  "other-properties-limited": {
    request: {
      who: ["sender", "types"],
      value: true,
      means: "Other properties must fit a schema.",
    },
    response: { who: [], means: "Other properties fit a schema." },
  },
  "other-properties-freed": {
    request: { who: [], means: "Other properties may have any value." },
    response: {
      who: ["reader", "types"],
      value: true,
      means: "Other properties may have a value that readers do not expect.",
    },
  },
  "items-limited": {
    request: { who: ["sender", "types"], value: true, means: "Items must fit a schema." },
    response: { who: [], means: "Items fit a schema." },
  },
  "items-freed": {
    request: { who: [], means: "Items may have any value." },
    response: {
      who: ["reader", "types"],
      value: true,
      means: "Items may have a value that readers do not expect.",
    },
  },
  "list-closed": {
    request: { who: ["sender", "types"], value: true, means: "Lists with more items are refused." },
    response: { who: [], means: "Readers get no more items than the listed ones." },
  },
  "list-opened": {
    request: { who: [], means: "Lists may have more items." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers that validate get items that were ruled out.",
    },
  },
  "union-added": {
    request: { who: ["sender"], value: true, means: "Values that fit no branch are refused." },
    response: { who: [], means: "Readers get values of one of the branches." },
  },
  "union-removed": {
    request: { who: [], means: "Values need not fit a branch any more." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers get values that fit no branch that they know.",
    },
  },
  "union-branch-removed": {
    request: { who: ["sender", "types"], value: true, means: "Values of this branch are refused." },
    response: { who: [], means: "Readers no longer get this branch." },
  },
  "union-branch-added": {
    request: { who: [], means: "Senders may send one more branch." },
    response: {
      // Generated clients accept unknown branches. A test with the old client shows whether it does.
      who: ["strict-reader", "switch"],
      value: true,
      means: "Readers get a branch that they do not know.",
    },
  },
  "union-made-exclusive": {
    request: {
      who: ["sender", "types"],
      value: true,
      means: "Values that fit two branches are refused.",
    },
    response: { who: [], means: "Readers get values of exactly one branch." },
  },
  "union-made-inclusive": {
    request: { who: [], means: "Values may fit two branches." },
    response: {
      who: ["strict-reader"],
      value: true,
      means: "Readers get values that fit two branches.",
    },
  },
  "tuple-shortened": {
    request: { who: ["types"], value: true, means: "The tuple says less of its positions." },
    response: { who: ["types"], value: true, means: "The tuple says less of its positions." },
  },
  "tuple-lengthened": {
    request: { who: ["types"], value: true, means: "The tuple says more of its positions." },
    response: { who: ["types"], value: true, means: "The tuple says more of its positions." },
  },
};
