import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../contract/read-document.js";
import type { Answer, Call, Caller } from "./caller.js";

/** What the probes of a run share. */
export interface Probing {
  readonly caller: Caller;
  readonly bearer: string;
  /** What all ids of the run begin with. */
  readonly prefix: string;
  /** Called with each id before it is sent. */
  readonly expect: (id: string) => void;
  /** Called with each secret that was issued. */
  readonly learn: (secret: string) => void;
  /** @throws {Error} the run was told to end. */
  readonly goOn: () => void;
}

// Who is killed leaves nothing that lives longer, in minutes.
const lifetime = 60;

/** In byte order, which is not the order of UTF-16; each needs an encoding in a path. */
const names = ["a b?#%", "a/b", "z", "é", "\u{ffee}", "\u{1f511}"] as const;

const unordered = ["trim", "read", "append", "read", "list-access-tokens"];
const ordered = ["list-access-tokens", "append", "read", "trim"];

/** Calls every operation in the ways whose answers are known, and notes where the provider answers otherwise. */
export async function probe(probing: Probing): Promise<void> {
  const { caller, prefix } = probing;
  await greet(probing);
  const expiresAt = inMinutes(lifetime);
  const issue = (id: string, fields: JsonObject, bearer = probing.bearer): Promise<Answer> => {
    probing.expect(prefix + id);
    const body = { id: prefix + id, expires_at: expiresAt, ...fields };
    return send(probing, { operation: "issue_access_token", bearer, body });
  };
  const expects = async (want: string, what: string, answer: Promise<Answer>): Promise<Answer> => {
    const { status, body } = await answer;
    const code = isJsonObject(body) ? body["code"] : undefined;
    const got = typeof code === "string" && status >= 400 ? `${status} ${code}` : String(status);
    if (got !== want) {
      const shown = /^\d{3}( [a-z_]{1,40})?$/.test(got) ? got : String(status);
      caller.note(what, status, `answered ${shown}, and ${want} is expected`);
    }
    return { status, body };
  };

  const scope = { ops: unordered, streams: { prefix: "" }, basins: { exact: "" } };
  for (const name of names) {
    const { body } = await expects("201", "issuing", issue(name, { scope }));
    const secret = isJsonObject(body) ? body["access_token"] : undefined;
    if (typeof secret === "string") probing.learn(secret);
  }
  await expects("409 resource_already_exists", "issuing a taken id", issue("z", { scope }));
  await expects("422 invalid", "issuing without an operation", issue("n", { scope: { ops: [] } }));
  const unfit = { scope: { ops: ["read"], streams: { exact: "s" } }, auto_prefix_streams: true };
  await expects("422 invalid", "auto-prefixing without a prefix", issue("n", unfit));
  const wrong = { scope: { ops: "read" } };
  await expects("400 bad_json", "issuing what breaks the schema", issue("n", wrong));
  const nobody = { operation: "list_access_tokens", bearer: "not-a-token" };
  await expects("401 authn", "listing with an unknown token", send(probing, nobody));
  await probePages(probing, expects);
  await probeUse(probing, issue, expects);
  const revoke = { operation: "revoke_access_token", bearer: probing.bearer, id: `${prefix}z` };
  await expects("204", "revoking", send(probing, revoke));
  await expects("404 access_token_not_found", "revoking again", send(probing, revoke));
}

/** Without an answer to this there is no use in the rest. */
async function greet(probing: Probing): Promise<void> {
  const { bearer, prefix } = probing;
  const query = { prefix, limit: "1" };
  const { status } = await send(probing, { operation: "list_access_tokens", bearer, query });
  if (status === 200) return;
  throw new Error(
    `the first listing is answered with ${status}: check TARGET, and that the token may list`,
  );
}

type Expects = (want: string, what: string, answer: Promise<Answer>) => Promise<Answer>;

async function probePages(probing: Probing, expects: Expects): Promise<void> {
  const { caller, bearer, prefix } = probing;
  const list = (query: Readonly<Record<string, string>>): Promise<Answer> =>
    send(probing, { operation: "list_access_tokens", bearer, query });
  const note = (what: string): void => caller.note("list_access_tokens", 200, what);
  const all = tokensOf(await expects("200", "listing", list({ prefix })));
  const want = names.map((name) => prefix + name);
  const got = all.map((token) => String(token["id"]));
  if (got.length !== want.length || got.some((id) => !want.includes(id))) {
    note(`the listing has not the ids that were issued: ${got.length} of ${want.length}`);
  } else if (got.some((id, index) => id !== want[index])) {
    note("the listing is not in the order of bytes");
  }
  for (const token of all) {
    if (!Object.hasOwn(token, "expires_at")) note("/access_tokens/*/expires_at: is missing");
    const listed = isJsonObject(token["scope"]) ? token["scope"] : {};
    if (JSON.stringify(listed["ops"]) !== JSON.stringify(ordered)) {
      note("/access_tokens/*/scope/ops: not once each, in the order of the contract");
    }
    if (listed["basins"] !== null) note("/access_tokens/*/scope/basins: no null for no basins");
  }

  const walked: string[] = [];
  let after = "";
  for (let pages = 0; pages <= want.length; pages += 1) {
    const query = { prefix, limit: "2", ...(after !== "" && { start_after: after }) };
    const answer = await expects("200", "paging", list(query));
    const page = tokensOf(answer).map((token) => String(token["id"]));
    if (page.length > 2) note("a page has more than its limit");
    walked.push(...page);
    const hasMore = isJsonObject(answer.body) && answer.body["has_more"] === true;
    if (!hasMore || page.length === 0) break;
    after = page.at(-1) ?? "";
  }
  if (JSON.stringify(walked) !== JSON.stringify(got)) {
    note(`pages do not give what one listing gives: ${walked.length} of ${got.length}`);
  }
  await expects("400 bad_query", "listing with a limit of -1", list({ prefix, limit: "-1" }));
}

async function probeUse(
  probing: Probing,
  issue: (id: string, fields: JsonObject, bearer?: string) => Promise<Answer>,
  expects: Expects,
): Promise<void> {
  const { prefix } = probing;
  const scope = { ops: ["list-access-tokens", "issue-access-token"], access_tokens: { prefix } };
  const { body } = await expects("201", "issuing an issuer", issue("user", { scope }));
  const own = isJsonObject(body) ? body["access_token"] : undefined;
  if (typeof own !== "string") return;
  probing.learn(own);
  const query = { prefix };
  const list = { operation: "list_access_tokens", bearer: own, query };
  await expects("200", "listing with an issued token", send(probing, list));
  const more = { scope: { ops: ["append"] }, expires_at: inMinutes(lifetime - 10) };
  await expects("403 permission_denied", "escalation", issue("n", more, own));
  const revoke = { operation: "revoke_access_token", id: `${prefix}user` };
  const beyond = send(probing, { ...revoke, bearer: own });
  await expects("403 permission_denied", "revoking without the operation", beyond);
  await expects("204", "revoking", send(probing, { ...revoke, bearer: probing.bearer }));
  await expects("401 authn", "listing with a revoked token", send(probing, list));
}

function send({ caller, goOn }: Probing, call: Call): Promise<Answer> {
  goOn();
  return caller.send(call);
}

function tokensOf({ body }: Answer): readonly JsonObject[] {
  const tokens: Json | undefined = isJsonObject(body) ? body["access_tokens"] : undefined;
  return isJsonArray(tokens) ? tokens.filter(isJsonObject) : [];
}

/** In whole seconds: more than that a server may round away. */
function inMinutes(count: number): string {
  return new Date(Date.now() + count * 60_000).toISOString().replace(/\.\d+/, "");
}
