import { faultForms } from "../faults/fault.js";
import { defaultLimits } from "../limits.js";

/** The text of `--help`. */
export const help: string = `Usage: s2-token-contract mock [flags] [-- COMMAND ARGUMENTS…]

A mock of S2's access-token endpoints for clients in any language, over HTTP/1.1 and HTTP/2 without
TLS. It keeps state: what is issued is listed, works as a bearer, and stops working when it is revoked.

With a COMMAND, such as "-- npm test", the mock takes a free port and runs it, with these variables in its
environment: S2_ACCESS_TOKEN (the root token), S2_ACCOUNT_ENDPOINT, S2_MOCK_CONTROL (the URL of the control)
and S2_MOCK_CONTROL_TOKEN. When the command ends, the mock prints the verdict and stops. All that the mock
prints goes to the standard error stream then.

  --port N             port to listen on; default 4010, with a COMMAND 0, which is any free one
  --host ADDRESS       address to listen on; default 127.0.0.1, which only this machine reaches
  --root-token TEXT    the bearer that may do everything; default that of the environment variable
                       S2_MOCK_ROOT_TOKEN or, where it is empty or not set, not-a-real-root-token
  --control-token TEXT the bearer of the control under /__mock/; default another one in each run
  --faults FILE        a plan of faults in JSON: { "seed": 1, "faults": [{ "fault": "unavailable",
                       "operation": "issue_access_token", "skip": 0, "times": 1, "probability": 1 }] }
  --verdict FORM       at the end tell what was exercised of the contract, as text, json or junit
  --verdict-file FILE  write the verdict to a file; implies text, with --json json
  --require NAME=N     end with exit code 1 if less than N percent of the operations, statuses, codes,
                       examples, parameters or branches were exercised, or more than N invalid
                       requests (invalid=N) or unknown names (unknown=N) were sent; may be repeated;
                       implies a verdict, too
  --stateless          answer with the document's examples, as Prism does
  --strict             refuse query parameters, fields of bodies and misspelt headers that the contract does
                       not have; without it, the verdict lists them
  --document FILE      serve another OpenAPI document, 3.0 or 3.1, in JSON or YAML; read again whenever it
                       changes; one of another API is answered with its examples, without state
  --clock TIME         a fixed time such as 2027-01-01T00:00:00Z, or an offset such as +3600s
  --rule NAME=VALUE    how to do what S2 does not say; may be repeated
  --limit NAME=NUMBER  how much to take; may be repeated
  --allow-host NAME    take requests that name this host, * for any; may be repeated
  --allow-origin URL   take requests of pages of this origin, * for any; may be repeated
  --json               lines of JSON in place of those for a person: the start, each request, each
                       reload of the document, and the verdict
  --quiet              do not log requests
  --help               show this

Rules and their defaults:
  badExpiry=invalid             code for a bad expires_at: invalid, permission_denied or bad_json
  filterListing=false           whether a listing shows only ids in the caller's access_tokens
  reuseRevokedIds=true          whether an id can be issued again after a revoke
  reuseExpiredIds=true          whether an id can be issued again after its token has expired
  keepExpired=false             whether expired tokens are listed and can be revoked
  cascadeRevoke=false           whether a revoke takes along what was issued with the token
  emptyAutoPrefix=true          whether auto_prefix_streams goes with the empty prefix
  unknownBearerOnRevoke=authn   or access_token_not_found
  badBody=bad_json              code for a body that breaks the schema; or invalid
  operations.NAME=GROUP.ACCESS  which group covers an operation, such as
                                operations.create-stream=stream.write

Limits and their defaults, in bytes, milliseconds or pieces:
${wrapped(Object.entries(defaultLimits).map(([name, value]) => `${name}=${value}`))}

Faults, of a plan or of one request by the header "Prefer: fault=NAME":
${wrapped(faultForms.split(" "))}
CODE:after and reset:after are injected after the change of state.

To choose a response, send the header "Prefer: code=STATUS, example=NAME" or "Prefer: dynamic=true".
Requests with a header "mock-session: NAME" share a state of their own. The control is under
/__mock/: health, state, clock, faults, journal, verdict, reset, session.

Exit codes:
  0  it was stopped, by SIGINT (Ctrl-C), SIGTERM or SIGHUP, or the COMMAND succeeded
  1  the verdict misses what --require asks for or could not be written to its file, or the mock
     could not start or go on, such as on a port that is in use
  2  wrong use: a flag, its value, or a file that it names
With a COMMAND that fails: its exit code, or 128 and the number of the signal that ended it`;

/** Words in lines that a terminal shows whole. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= 99) lines.push(`  ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join("\n");
}
