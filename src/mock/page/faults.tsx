import type { TargetedSubmitEvent, VNode } from "preact";
import type { PlannedFault } from "../control/models/planned-fault.js";
import type { StatePanelProps } from "./use-mock.js";

/** The fault plan of a session: active faults with their remaining requests, and a form to add one. */
export function Faults({ access, session, state, act }: StatePanelProps): VNode {
  const { faults, seed } = state.faults;
  const set = (next: readonly PlannedFault[]): Promise<boolean> =>
    act(() =>
      access.control.putFaults({
        mockSession: session,
        ...(seed !== undefined && { seed }),
        // The other faults keep their remaining number of requests.
        faults: next.map(({ left, times, ...fault }) => ({ ...fault, times: left ?? times })),
      }),
    );
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string): string | undefined => String(data.get(name) ?? "") || undefined;
    const number = (name: string): number | undefined => {
      const given = text(name);
      return given === undefined ? undefined : Number(given);
    };
    const fault: PlannedFault = {
      fault: text("fault") ?? "",
      operation: text("operation"),
      times: number("times"),
      skip: number("skip"),
      probability: number("probability"),
      left: undefined,
    };
    if (await set([...faults, fault])) form.reset();
  };
  return (
    <section id="faults" aria-labelledby="faults-title">
      <h2 id="faults-title">Faults</h2>
      {faults.length === 0 && (
        <p>No fault is on. A fault that you switch on makes the next requests fail.</p>
      )}
      <ul class="cards" aria-label="Faults that are on">
        {faults.map((fault, index) => (
          <li key={`${index} ${fault.fault}`} class="row">
            <code>{fault.fault}</code>
            <span>{fault.operation ?? "any operation"}</span>
            <span>{extentOf(fault)}</span>
            <button
              type="button"
              class="small secondary"
              aria-label={`Switch off ${fault.fault}`}
              onClick={() => set(faults.filter((_, other) => other !== index))}
            >
              Switch off
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} aria-label="Switch a fault on">
        <div class="grid">
          <label>
            Fault
            <input name="fault" list="fault-names" required autocomplete="off" />
            <datalist id="fault-names">
              {access.settings.faults.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </label>
          <label>
            Operation
            <select name="operation">
              <option value="">any</option>
              {access.settings.operations.map(({ id }) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          </label>
          <label>
            Times (empty is always)
            <input name="times" type="number" min="1" step="1" />
          </label>
          <label>
            Skip first
            <input name="skip" type="number" min="0" step="1" />
          </label>
          <label>
            Chance, 0 to 1
            <input name="probability" type="number" min="0" max="1" step="any" />
          </label>
        </div>
        <button type="submit">Switch on</button>
      </form>
    </section>
  );
}

function extentOf({ left, times, skip, probability }: PlannedFault): string {
  const parts = [
    left === undefined ? "always" : `${left} of ${times ?? left} left`,
    ...(skip === undefined || skip === 0 ? [] : [`after ${skip}`]),
    ...(probability === undefined ? [] : [`chance ${probability}`]),
  ];
  return parts.join(", ");
}
