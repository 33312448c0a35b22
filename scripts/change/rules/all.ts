import { type FactRuleId, factRules } from "./facts.js";
import { type ObjectRuleId, objectRules } from "./objects.js";
import { type OperationRuleId, operationRules } from "./operations.js";
import { type RequestRuleId, requestRules } from "./requests.js";
import { type ResponseRuleId, responseRules } from "./responses.js";
import type { Meaning, Rule } from "./rule.js";
import { type ValueRuleId, valueRules } from "./values.js";
import { type WebhookRuleId, webhookRules } from "./webhooks.js";

/** The id of a rule. */
export type RuleId =
  | FactRuleId
  | ObjectRuleId
  | OperationRuleId
  | RequestRuleId
  | ResponseRuleId
  | ValueRuleId
  | WebhookRuleId;

const meanings: Readonly<Record<RuleId, Meaning>> = {
  ...valueRules,
  ...objectRules,
  ...factRules,
  ...operationRules,
  ...requestRules,
  ...responseRules,
  ...webhookRules,
};

/** Every rule, in the order of the families. */
export const rules: readonly Rule[] = Object.entries(meanings).map(([id, meaning]) => {
  return { id, ...meaning };
});

/** A rule by its id. */
export function ruleOf(id: RuleId): Rule {
  return { id, ...meanings[id] };
}
