import type { VNode } from "preact";
import { decodeAccessTokenInfo } from "../../../generated/models/access-token-info.js";
import type { Token } from "../control/models/token.js";
import { CopyButton } from "./copy-button.js";
import { IssueForm } from "./issue-form.js";
import { ScopeWords } from "./scope-words.js";
import type { TimedPanelProps } from "./use-mock.js";

/** The tokens of a session, with forms to issue and revoke them through the API. */
export function Tokens({ access, session, state, now, act }: TimedPanelProps): VNode {
  const { accessTokens } = access.clientOf(session);
  return (
    <section id="tokens" aria-labelledby="tokens-title">
      <h2 id="tokens-title">Tokens</h2>
      {state.tokens.length === 0 && <p>This session has no tokens.</p>}
      <ul class="cards" aria-label="Tokens">
        {state.tokens.map((token) => (
          <li key={token.id}>
            <div class="row">
              <strong>{token.id}</strong>
              <span class={isExpired(token, now) ? "violation" : ""}>
                {expiry(token.expiresAt, now)}
              </span>
              <span class="buttons">
                {token.accessToken !== undefined && (
                  <CopyButton text={token.accessToken} label={`Copy the secret of ${token.id}`} />
                )}
                <button
                  type="button"
                  class="small danger"
                  aria-label={`Revoke ${token.id}`}
                  onClick={() => act(() => accessTokens.revoke({ id: token.id }))}
                >
                  Revoke
                </button>
              </span>
            </div>
            <ScopeWords scope={scopeOf(token)} />
          </li>
        ))}
      </ul>
      <IssueForm issue={(request) => act(() => accessTokens.issue(request))} />
    </section>
  );
}

function scopeOf({ id, scope, autoPrefixStreams = false }: Token) {
  const wire = { id, scope, auto_prefix_streams: autoPrefixStreams, expires_at: null };
  return decodeAccessTokenInfo(wire).scope;
}

function isExpired({ expiresAt }: Token, now: number): boolean {
  return expiresAt !== null && expiresAt.getTime() <= now;
}

/** Describes an expiry relative to the mock's clock. */
function expiry(at: Date | null, now: number): string {
  if (at === null) return "never expires";
  const seconds = Math.round((at.getTime() - now) / 1000);
  const length = duration(Math.abs(seconds));
  const day = at.toISOString().slice(0, 16).replace("T", " ");
  return seconds <= 0 ? `expired ${length} ago (${day})` : `expires in ${length} (${day})`;
}

function duration(seconds: number): string {
  const units = [
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
    [1, "second"],
  ] as const;
  const [size, name] = units.find(([size]) => seconds >= size) ?? [1, "second"];
  const count = Math.floor(seconds / size);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
