import type { TargetedSubmitEvent, VNode } from "preact";
import { useState } from "preact/hooks";
import type { IssueAccessTokenRequest } from "../../../generated/models/issue-access-token-request.js";
import { ScopeWords } from "./scope-words.js";

const groups = ["account", "basin", "stream"] as const;
const accesses = ["read", "write"] as const;
const kinds = ["basins", "streams", "accessTokens"] as const;
const labels = { basins: "Basins", streams: "Streams", accessTokens: "Access tokens" } as const;

interface Fields {
  readonly id: string;
  readonly expiresAt: string;
  readonly ops: string;
  readonly granted: ReadonlySet<string>;
  readonly sets: { readonly [Kind in (typeof kinds)[number]]: string };
}

const blank: Fields = {
  id: "",
  expiresAt: "",
  ops: "",
  granted: new Set(["stream.read"]),
  sets: { basins: "*", streams: "*", accessTokens: "" },
};

/** A form that issues a token, and shows beforehand what the token could do. */
export function IssueForm({
  issue,
}: {
  readonly issue: (request: IssueAccessTokenRequest) => Promise<boolean>;
}): VNode {
  const [fields, setFields] = useState(blank);
  const change = (part: Partial<Fields>): void => setFields({ ...fields, ...part });
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (await issue(requestOf(fields))) setFields({ ...blank });
  };
  const toggle = (name: string): void => {
    const granted = new Set(fields.granted);
    if (!granted.delete(name)) granted.add(name);
    change({ granted });
  };
  return (
    <form onSubmit={submit} aria-label="Issue a token">
      <h3>Issue a token</h3>
      <div class="grid">
        <label>
          Id
          <input
            required
            name="id"
            autocomplete="off"
            value={fields.id}
            onInput={({ currentTarget: { value } }) => change({ id: value })}
          />
        </label>
        <label>
          Expires, in UTC (empty is never)
          <input
            name="expires"
            type="datetime-local"
            value={fields.expiresAt}
            onInput={({ currentTarget: { value } }) => change({ expiresAt: value })}
          />
        </label>
      </div>
      <fieldset class="choices">
        <legend>Operation groups</legend>
        {groups.flatMap((group) =>
          accesses.map((access) => (
            <label key={`${group}.${access}`}>
              <input
                type="checkbox"
                checked={fields.granted.has(`${group}.${access}`)}
                onChange={() => toggle(`${group}.${access}`)}
              />
              {group} {access}
            </label>
          )),
        )}
      </fieldset>
      <div class="grid">
        {kinds.map((kind) => (
          <label key={kind}>
            {labels[kind]}
            <input
              name={kind}
              placeholder="name, prefix/*, * or empty"
              value={fields.sets[kind]}
              onInput={({ currentTarget: { value } }) =>
                change({ sets: { ...fields.sets, [kind]: value } })
              }
            />
          </label>
        ))}
        <label>
          Further operations
          <input
            name="ops"
            placeholder="append, read"
            value={fields.ops}
            onInput={({ currentTarget: { value } }) => change({ ops: value })}
          />
        </label>
      </div>
      <ScopeWords scope={requestOf(fields).scope} />
      <button type="submit">Issue</button>
    </form>
  );
}

/** Parses a set: `*` at the end marks a prefix, an empty string means no set. */
function setOf(text: string): { readonly prefix: string } | { readonly exact: string } | null {
  if (text === "") return null;
  return text.endsWith("*") ? { prefix: text.slice(0, -1) } : { exact: text };
}

function requestOf({ id, expiresAt, ops, granted, sets }: Fields): IssueAccessTokenRequest {
  const permissions = (group: string): { readonly read: boolean; readonly write: boolean } => ({
    read: granted.has(`${group}.read`),
    write: granted.has(`${group}.write`),
  });
  const named = ops.split(/[\s,]+/).filter((one) => one !== "");
  return {
    id,
    scope: {
      basins: setOf(sets.basins),
      streams: setOf(sets.streams),
      accessTokens: setOf(sets.accessTokens),
      opGroups: {
        account: permissions("account"),
        basin: permissions("basin"),
        stream: permissions("stream"),
      },
      // A cast, because the form also accepts operations that this package does not know yet.
      ops: named as NonNullable<IssueAccessTokenRequest["scope"]["ops"]>,
    },
    ...(expiresAt !== "" && { expiresAt: `${expiresAt}:00Z` }),
  };
}
