import type { VNode } from "preact";
import type { Verdict } from "../control/models/verdict.js";
import type { Snapshot } from "./use-mock.js";

type Item = Verdict["items"][number];

/** How much of the contract the requests of a session exercised. */
export function VerdictPanel({ snapshot }: { readonly snapshot: Snapshot }): VNode {
  const { shares, items, invalid, unknown, moreInvalid, moreUnknown } = snapshot.verdict;
  const operations = [...new Set(items.map(({ operation }) => operation))];
  return (
    <section id="verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title">Verdict</h2>
      <p>What the requests of this session exercised of the contract.</p>
      {Object.entries(shares).map(([kind, { seen, all }]) => (
        <Bar key={kind} name={kind} seen={seen} all={all} />
      ))}
      {operations.map((operation) => (
        <details key={operation}>
          <summary>{operation}</summary>
          {["statuses", "codes", "examples", "parameters", "branches"].map((kind) => (
            <Kind
              key={kind}
              kind={kind}
              items={items.filter((item) => item.operation === operation && item.kind === kind)}
            />
          ))}
        </details>
      ))}
      {invalid.length > 0 && <h3>Requests that violate the contract</h3>}
      <ul>
        {invalid.map(({ request, code, explanation, times }) => (
          <li key={`${request} ${code} ${explanation}`} class="violation">
            {times} × {request}: {code}, {explanation}
          </li>
        ))}
        {moreInvalid > 0 && <li class="violation">and {moreInvalid} more</li>}
      </ul>
      {unknown.length > 0 && <h3>Names that the contract does not have</h3>}
      <ul>
        {unknown.map(({ operation, place, name, meant, times }) => (
          <li key={`${operation} ${place} ${name}`} class="violation">
            {times} × {operation}, {place} {name}
            {meant !== undefined && `; did you mean ${meant}?`}
          </li>
        ))}
        {moreUnknown > 0 && <li class="violation">and {moreUnknown} more</li>}
      </ul>
    </section>
  );
}

function Kind({
  kind,
  items,
}: {
  readonly kind: string;
  readonly items: readonly Item[];
}): VNode | null {
  if (items.length === 0) return null;
  const seen = items.filter(({ times }) => times > 0);
  return (
    <div>
      <Bar name={kind} seen={seen.length} all={items.length} />
      <p class="names">
        {items.map(({ name, times }) => (
          <span key={name} class={times > 0 ? "seen" : "unseen"}>
            {name}
            {times > 1 && ` × ${times}`}
          </span>
        ))}
      </p>
    </div>
  );
}

function Bar({
  name,
  seen,
  all,
}: {
  readonly name: string;
  readonly seen: number;
  readonly all: number;
}): VNode {
  return (
    <label class="bar">
      <span>{name}</span>
      <progress value={seen} max={Math.max(all, 1)} />
      <span>
        {seen} of {all}
      </span>
    </label>
  );
}
