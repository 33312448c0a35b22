import { faultForms } from "../faults/fault.js";
import { defaultLimits } from "../limits.js";

/** Output of `--help`. */
export const help: string = `Usage: s2-token-contract mock [flags] [-- COMMAND ARGUMENTS…]

Starts a mock of S2's access-token endpoints, for clients in any language. It speaks HTTP/1.1 and HTTP/2
without TLS, and keeps state: an issued token is listed, works as a bearer token, and stops working when it
is revoked.

With a COMMAND, such as "-- npm test", the mock listens on a free port and runs the command with these
environment variables: S2_ACCESS_TOKEN (the root token), S2_ACCOUNT_ENDPOINT, S2_MOCK_CONTROL (the URL of
the control) and S2_MOCK_CONTROL_TOKEN. When the command ends, the mock prints the verdict and stops. Its
own output goes to standard error.

  --port N             port to listen on; 0 chooses a free one; default 4010, or 0 with a COMMAND
  --host ADDRESS       address to listen on; default 127.0.0.1, which only this machine can reach
  --root-token TOKEN   bearer token that may do everything; default: the environment variable
                       S2_MOCK_ROOT_TOKEN or, if that is empty or not set, not-a-real-root-token
  --control-token TOKEN
                       bearer token of the control under /__mock/; default: a new one in each run
  --faults FILE        a fault plan in JSON: { "seed": 1, "faults": [{ "fault": "unavailable",
                       "operation": "issue_access_token", "skip": 0, "times": 1, "probability": 1 }] }
  --verdict FORMAT     at the end, print what was exercised of the contract, as text, json or junit
  --verdict-file FILE  write the verdict to a file, as text or, with --json, as JSON, unless --verdict
                       says otherwise
  --require NAME=N     exit with code 1 if less than N percent of the operations, statuses, codes,
                       examples, parameters or branches were exercised, or if more than N invalid
                       requests (invalid=N) or unknown names (unknown=N) were sent; also prints the
                       verdict; repeatable
  --stateless          respond with the document's examples, as Prism does
  --strict             reject query parameters, body fields and misspelt headers that the contract does not
                       have; without it, the verdict lists them
  --document FILE      serve another document, Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2, in JSON or YAML, in one
                       file or several, and reload it when it changes; for another API, the mock responds
                       with its examples, without state
  --clock TIME         a fixed time such as 2027-01-01T00:00:00Z, or an offset such as +3600s
  --rule NAME=VALUE    set a rule for behaviour that S2 does not document; repeatable
  --limit NAME=NUMBER  set a limit; repeatable
  --allow-host NAME    accept requests with this host name, * for any; repeatable
  --allow-origin URL   accept requests from web pages of this origin, * for any; repeatable
  --json               print lines of JSON instead of text: the start, each request, each reload of the
                       document, and the verdict
  --quiet              do not log requests
  --help               print this help

Rules and their defaults:
  badExpiry=invalid             code for a bad expires_at: invalid, permission_denied or bad_json
  filterListing=false           whether a listing shows only ids in the caller's access_tokens
  reuseRevokedIds=true          whether an id can be issued again after its token was revoked
  reuseExpiredIds=true          whether an id can be issued again after its token has expired
  keepExpired=false             whether expired tokens are listed and can be revoked
  cascadeRevoke=false           whether a revoke also revokes the tokens that were issued with the token
  emptyAutoPrefix=true          whether auto_prefix_streams is allowed with the empty prefix
  unknownBearerOnRevoke=authn   code for a revoke with an unknown bearer token; or access_token_not_found
  badBody=bad_json              code for a body that violates the schema; or invalid
  operations.NAME=GROUP.ACCESS  which group covers an operation, such as
                                operations.create-stream=stream.write

Limits and their defaults, in bytes, milliseconds or numbers of items:
${wrapped(Object.entries(defaultLimits).map(([name, value]) => `${name}=${value}`))}

Faults, for a plan or, with the header "Prefer: fault=NAME", for one request:
${wrapped(faultForms.split(" "))}
CODE:after and reset:after are injected after the change of state.

To choose a response, send the header "Prefer: code=STATUS, example=NAME" or "Prefer: dynamic=true".
Requests with the same header "mock-session: NAME" share a state of their own. The control is under
/__mock/: health, state, clock, faults, journal, verdict, reset, session.

Exit codes:
  0  SIGINT (Ctrl-C), SIGTERM or SIGHUP stopped the mock, or the COMMAND succeeded
  1  the verdict misses a threshold of --require or could not be written, or the mock failed, such as on
     a port that is in use
  2  a flag, its value, or a file that it names is wrong
If the COMMAND fails: its exit code, or 128 plus the number of the signal that ended it`;

/** Wraps words to the width of a terminal. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= 99) lines.push(`  ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join("\n");
}
