import { describe, expect, test } from "vitest";
import { meaningOf, ruleByName } from "../../scripts/change/meaning.js";
import { rules } from "../../scripts/change/rules/all.js";
import { ruleName, type Verdict } from "../../scripts/change/rules/rule.js";

const directions = ["request", "response"] as const;

describe("every rule", () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s has its mirror, or a reason",
    (_, rule) => {
      const verdicts = directions.map((direction) => rule[direction]);
      const stated = verdicts.filter((verdict): verdict is Verdict => !("none" in verdict));
      const reasons = verdicts.flatMap((verdict) => ("none" in verdict ? [verdict.none] : []));
      expect(stated.length, "a rule must say something in one direction").toBeGreaterThan(0);
      for (const reason of reasons) expect(reason).toMatch(/^[A-Z].{15,}$/);
      for (const { means } of stated) expect(means).toMatch(/^[A-Z].*\.$/);
    },
  );

  // What narrows requests widens responses, and the other way round.
  test.each(
    rules.flatMap((rule) =>
      "none" in rule.request || "none" in rule.response
        ? []
        : [[rule.id, rule.request, rule.response] as const],
    ),
  )(
    "%s does not break senders and readers alike, unless it is about both",
    (id, request, response) => {
      const both = /changed$|^media-type-removed$|removed-from-closed$/.test(id);
      const breaks = (who: readonly string[], ...all: string[]): boolean =>
        who.some((one) => all.includes(one));
      const isDouble =
        breaks(request.who, "sender") && breaks(response.who, "reader", "strict-reader");
      if (!both) expect(isDouble).toBe(false);
    },
  );

  test("is found by the name that findings carry", () => {
    const names = rules.flatMap((rule) =>
      directions.flatMap((direction) =>
        "none" in rule[direction] ? [] : [ruleName(rule, direction)],
      ),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(ruleByName(name)).toBeDefined();
      expect(meaningOf(name)).not.toBe("");
    }
  });
});
