import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { CopyButton } from "./copy-button.js";
import type { PageSettings } from "./settings.js";
import { snippets } from "./snippets.js";

/** How to call the mock: its endpoint, its root token, and a program in several languages. */
export function Start({ settings }: { readonly settings: PageSettings }): VNode {
  const all = snippets(settings);
  const [chosen, setChosen] = useState(all[0]?.language ?? "");
  const snippet = all.find(({ language }) => language === chosen);
  return (
    <section id="start" aria-labelledby="start-title">
      <h2 id="start-title">Call the mock</h2>
      <dl class="facts">
        <dt>Endpoint</dt>
        <dd>
          <code>{settings.endpoint}</code>{" "}
          <CopyButton text={settings.endpoint} label="Copy the endpoint" />
        </dd>
        {!settings.isForeign && (
          <>
            <dt>Root token</dt>
            <dd>
              <code>{settings.rootToken}</code>{" "}
              <CopyButton text={settings.rootToken} label="Copy the root token" />
            </dd>
          </>
        )}
        <dt>Serves</dt>
        <dd>
          {settings.served}
          {settings.stateless && ", by its examples: the mock keeps nothing"}
        </dd>
      </dl>
      <fieldset class="choices">
        <legend>Snippet</legend>
        {all.map(({ language }) => (
          <label key={language}>
            <input
              type="radio"
              name="snippet"
              checked={language === chosen}
              onChange={() => setChosen(language)}
            />
            {language}
          </label>
        ))}
      </fieldset>
      <pre>
        <code>{snippet?.text}</code>
      </pre>
      <CopyButton text={snippet?.text ?? ""} label="Copy the snippet" />
    </section>
  );
}
