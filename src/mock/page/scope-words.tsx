import type { VNode } from "preact";
import type { AccessTokenScopeInput } from "../../../generated/models/access-token-scope.js";
import { explainScope, type ScopeRow } from "../../scope/explain.js";

/** Explains what a token with a scope may do. */
export function ScopeWords({ scope }: { readonly scope: AccessTokenScopeInput }): VNode {
  let rows: readonly ScopeRow[];
  try {
    rows = explainScope(scope);
  } catch (error) {
    return <p>{error instanceof Error ? error.message : String(error)}</p>;
  }
  const allowed = rows.filter((row) => row.allowed);
  const empty = rows.filter(({ missing }) => missing.length > 0);
  return (
    <details>
      <summary>
        {allowed.length === 0
          ? "may do nothing"
          : `may ${allowed.map(({ operation }) => operation).join(", ")}`}
        {empty.length > 0 && <em class="warning"> ({empty.length} granted without a resource)</em>}
      </summary>
      <ul>
        {[...allowed, ...empty].map(({ operation, text }) => (
          <li key={operation}>{text}</li>
        ))}
      </ul>
    </details>
  );
}
