import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { PageOperation, PageRequest, PageSettings } from "./settings.js";

/** The API reference, with buttons that request each response of the document. */
export function Reference({
  settings,
  session,
}: {
  readonly settings: PageSettings;
  readonly session: string;
}): VNode {
  const [answer, setAnswer] = useState<string | undefined>(undefined);
  const [isShown, setShown] = useState(false);
  const ask = async (operation: PageOperation, prefer: string): Promise<void> => {
    setAnswer(await askFor(settings, session, operation, prefer));
  };
  return (
    <section id="reference" aria-labelledby="reference-title">
      <h2 id="reference-title">Reference</h2>
      <p>
        The header <code>Prefer</code> asks for {settings.stateless ? "a certain" : "a"} response of
        the document{!settings.stateless && " in place of one of the state"}. Each button sends such
        a request.
      </p>
      {settings.operations.map((operation) => (
        <details key={operation.id}>
          <summary>
            {operation.method} {operation.path}
          </summary>
          <p class="buttons">
            {preferencesOf(operation).map((prefer) => (
              <button
                key={prefer}
                type="button"
                class="small secondary"
                onClick={() => ask(operation, prefer)}
              >
                {prefer}
              </button>
            ))}
          </p>
        </details>
      ))}
      {answer !== undefined && (
        <pre aria-live="polite">
          <code>{answer}</code>
        </pre>
      )}
      {isShown ? (
        <iframe title="Reference of the API" src="/__mock/viewer/" />
      ) : (
        <button type="button" onClick={() => setShown(true)}>
          Open the reference
        </button>
      )}
    </section>
  );
}

function preferencesOf({ statuses }: PageOperation): readonly string[] {
  return statuses.flatMap(({ status, examples }) =>
    examples.length === 0
      ? [`code=${status}`]
      : examples.map((example) => `code=${status}, example=${example}`),
  );
}

/** Sends a request by the document's examples, and shows it with its response. */
async function askFor(
  { endpoint }: PageSettings,
  session: string,
  { id }: PageOperation,
  prefer: string,
): Promise<string> {
  const sample = await fetch(`/__mock/page/requests/${encodeURIComponent(id)}`);
  const { method, target, headers, body }: PageRequest = await sample.json();
  const response = await fetch(`${endpoint}${target}`, {
    method,
    headers: { ...headers, "mock-session": session, prefer },
    ...(body !== undefined && method !== "GET" && { body }),
  });
  const text = await response.text();
  const shown = text === "" ? "" : `\n${indented(text)}`;
  return `${method} ${target}\nPrefer: ${prefer}\n\n${response.status} ${response.statusText}${shown}`;
}

/** JSON over several lines; any other text as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
