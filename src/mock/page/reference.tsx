import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { PageOperation, PageSettings } from "./settings.js";

/** The reference of the API, with answers to ask for by a click. */
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
        The header <code>Prefer</code> asks for an answer of the document in place of one of the
        state. Each button sends such a request.
      </p>
      {settings.operations.map((operation) => (
        <details key={operation.id}>
          <summary>
            {operation.method} {operation.path}
          </summary>
          <p class="buttons">
            {wishesOf(operation).map((prefer) => (
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

function wishesOf({ statuses }: PageOperation): readonly string[] {
  return statuses.flatMap(({ status, examples }) =>
    examples.length === 0
      ? [`code=${status}`]
      : examples.map((example) => `code=${status}, example=${example}`),
  );
}

async function askFor(
  { endpoint, basePath, rootToken }: PageSettings,
  session: string,
  { method, path }: PageOperation,
  prefer: string,
): Promise<string> {
  const body =
    method === "POST" ? JSON.stringify({ id: "example", scope: { ops: ["read"] } }) : undefined;
  const target = `${basePath}${path.replace(/\{[^}]+\}/g, "example")}`;
  const response = await fetch(`${endpoint}${target}`, {
    method,
    headers: {
      authorization: `Bearer ${rootToken}`,
      "mock-session": session,
      prefer,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const sent = `${method} ${target}\nPrefer: ${prefer}`;
  const shown = text === "" ? "" : `\n${JSON.stringify(JSON.parse(text), null, 2)}`;
  return `${sent}\n\n${response.status} ${response.statusText}${shown}`;
}
