import type { VNode } from "preact";
import type { RequestRecord } from "../control/models/request-record.js";
import type { MockAccess } from "./access.js";
import type { MockView } from "./use-mock.js";

/** The live request log of a session, newest first. */
export function Journal({
  access,
  session,
  records,
  act,
  onCleared,
}: {
  readonly access: MockAccess;
  readonly session: string;
  readonly records: readonly RequestRecord[];
  readonly act: MockView["act"];
  readonly onCleared: () => void;
}): VNode {
  const clear = async (): Promise<void> => {
    if (await act(() => access.control.clearJournal({ mockSession: session }))) onCleared();
  };
  return (
    <section id="journal" aria-labelledby="journal-title">
      <div class="row">
        <h2 id="journal-title">Requests</h2>
        <button type="button" class="small secondary" onClick={clear}>
          Clear
        </button>
      </div>
      {records.length === 0 && <p>No requests yet. They appear here as they arrive.</p>}
      <div role="log" aria-label="Requests, newest first">
        {records.map((record, index) => (
          <Entry key={records.length - index} record={record} />
        ))}
      </div>
    </section>
  );
}

function Entry({ record }: { readonly record: RequestRecord }): VNode {
  const { at, method, path, status, milliseconds, violation, unknown = [], code } = record;
  const isBroken = violation !== undefined || unknown.length > 0;
  const facts = [
    ["Violation", violation],
    ["Unknown names", unknown.join(", ") || undefined],
    ["Code", code],
    ["Reason", record.reason],
    ["Operation", record.operation],
    ["Protocol", record.protocol],
    ["Duration", `${milliseconds} ms`],
    ["At", at.toISOString()],
  ] as const;
  return (
    <details class={isBroken ? "entry broken" : "entry"}>
      <summary>
        <time dateTime={at.toISOString()}>{at.toISOString().slice(11, 19)}</time>{" "}
        <span class="method">{method}</span> <span class="path">{path}</span>{" "}
        <span class={status >= 400 || status === 0 ? "status failed" : "status"}>
          {status === 0 ? "reset" : status}
        </span>
        {code !== undefined && ` ${code}`}
        {violation !== undefined && <span class="violation"> violates the contract</span>}
        {unknown.length > 0 && <span class="violation"> has unknown names</span>}
      </summary>
      <dl class="facts">
        {facts.flatMap(([name, value]) =>
          value === undefined
            ? []
            : [
                <dt key={name}>{name}</dt>,
                <dd
                  key={`${name} value`}
                  class={name === "Violation" || name === "Unknown names" ? "violation" : ""}
                >
                  {value}
                </dd>,
              ],
        )}
      </dl>
    </details>
  );
}
