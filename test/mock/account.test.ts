import { describe, expect, test } from "vitest";
import { type Account, createAccount } from "../../src/mock/state/account.js";
import type { IssueRequest } from "../../src/mock/state/issue.js";
import { Refusal } from "../../src/mock/state/refusal.js";
import { type MockRules, readRules } from "../../src/mock/state/rules.js";

const root = "not-a-real-root-token";
const start = Date.parse("2100-01-01T00:00:00Z");
const hour = 3_600_000;

interface Bench {
  readonly account: Account;
  /** Issues as a bearer, the root if none is given; the secret or the code of the refusal. */
  readonly issue: (request: IssueRequest, bearer?: string) => string;
  readonly revoke: (id: string, bearer?: string) => string;
  readonly ids: (query?: Parameters<Account["list"]>[1], bearer?: string) => readonly string[];
  readonly pass: (milliseconds: number) => void;
}

function bench(
  rules: Partial<MockRules> = {},
  { maxTokens = 100, bytes = 1_000_000, realm = "test" } = {},
): Bench {
  let time = start;
  const account = createAccount({
    rootToken: root,
    rules: readRules(rules),
    now: () => time,
    maxTokens,
    room: { bytes, used: 0 },
    realm,
  });
  const attempt = (work: () => string): string => {
    try {
      return work();
    } catch (error) {
      if (error instanceof Refusal) return `${error.status} ${error.code}: ${error.message}`;
      throw error;
    }
  };
  return {
    account,
    issue: (request, bearer = root) =>
      attempt(() => account.issue(account.authenticate(bearer), request).access_token),
    revoke: (id, bearer = root) =>
      attempt(() => {
        account.revoke(account.authenticate(bearer), id);
        return "revoked";
      }),
    ids: (query = {}, bearer = root) =>
      account.list(account.authenticate(bearer), query).access_tokens.map(({ id }) => id),
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
}

const denied = "403 permission_denied: Operation not permitted";
const invalidExpiry = /^422 invalid: expires_at/;
const reading = { ops: ["read"] } satisfies IssueRequest["scope"];
const at = (milliseconds: number): string => new Date(start + milliseconds).toISOString();

describe("an issued token in a listing", () => {
  const noGroups = {
    account: { read: false, write: false },
    basin: { read: false, write: false },
    stream: { read: false, write: false },
  };
  const bare = {
    basins: null,
    streams: null,
    access_tokens: null,
    op_groups: noGroups,
    ops: ["read"],
  };
  test.each<[string, IssueRequest["scope"], object]>([
    ["sets left out", reading, bare],
    ["null sets", { ...reading, basins: null, streams: null, access_tokens: null }, bare],
    ["an exact set of nothing", { ...reading, basins: { exact: "" } }, bare],
    [
      "a prefix of all",
      { ...reading, basins: { prefix: "" } },
      { ...bare, basins: { prefix: "" } },
    ],
    ["an exact set", { ...reading, basins: { exact: "b" } }, { ...bare, basins: { exact: "b" } }],
    [
      "one half of a group",
      { op_groups: { stream: { read: true }, basin: null } },
      { ...bare, ops: [], op_groups: { ...noGroups, stream: { read: true, write: false } } },
    ],
    [
      "operations out of order and twice",
      { ops: ["fence", "list-basins", "fence", "read"] },
      { ...bare, ops: ["list-basins", "read", "fence"] },
    ],
    [
      "null operations",
      { ops: null, op_groups: { account: { write: true } } },
      {
        ...bare,
        ops: [],
        op_groups: { ...noGroups, account: { read: false, write: true } },
      },
    ],
  ])("%s", (_, scope, want) => {
    const { account, issue } = bench();
    issue({ id: "a", scope });
    const [token] = account.listAll();
    expect(token).toEqual({ id: "a", scope: want, auto_prefix_streams: false, expires_at: null });
  });

  test("an expiry is shown in UTC", () => {
    const { account, issue } = bench();
    issue({ id: "a", scope: reading, expires_at: "2100-01-01T08:30:00+02:00" });
    expect(account.listAll()[0]?.expires_at).toBe("2100-01-01T06:30:00Z");
  });
});

describe("a listing", () => {
  test("is in byte order, which differs from UTF-16 order", () => {
    const { issue, ids } = bench();
    const inOrder = ["", "A", "a", "a/b", "ab", "é", "\uffee", "😀"].slice(1);
    for (const id of inOrder.toReversed()) issue({ id, scope: reading });
    expect(ids()).toEqual(inOrder);
  });

  test.each<[query: Parameters<Account["list"]>[1], want: string, more: boolean]>([
    [{}, "a,b,c/1,c/2,c/3,d", false],
    [{ limit: 2 }, "a,b", true],
    [{ limit: 6 }, "a,b,c/1,c/2,c/3,d", false],
    [{ limit: 0 }, "a,b,c/1,c/2,c/3,d", false],
    [{ limit: 5000 }, "a,b,c/1,c/2,c/3,d", false],
    [{ prefix: "c/" }, "c/1,c/2,c/3", false],
    [{ prefix: "c/", limit: 3 }, "c/1,c/2,c/3", false],
    [{ prefix: "c/", limit: 2 }, "c/1,c/2", true],
    [{ start_after: "b" }, "c/1,c/2,c/3,d", false],
    [{ start_after: "bb" }, "c/1,c/2,c/3,d", false],
    [{ prefix: "c/", start_after: "a" }, "c/1,c/2,c/3", false],
    [{ prefix: "c/", start_after: "c/2" }, "c/3", false],
    [{ prefix: "c/", start_after: "d" }, "", false],
    [{ start_after: "d" }, "", false],
    [{ prefix: "x" }, "", false],
  ])("%j", (query, want, more) => {
    const { account, issue } = bench();
    for (const id of ["d", "c/3", "a", "c/1", "b", "c/2"]) issue({ id, scope: reading });
    const page = account.list(account.authenticate(root), query);
    expect(page.access_tokens.map(({ id }) => id).join()).toBe(want);
    expect(page.has_more).toBe(more);
  });

  test("has at most a thousand tokens, for any limit", () => {
    const { account, issue } = bench({}, { maxTokens: 1002 });
    for (let index = 0; index < 1002; index += 1) issue({ id: `t${index}`, scope: reading });
    for (const limit of [0, 1001, 1_000_000]) {
      const page = account.list(account.authenticate(root), { limit });
      expect(page).toMatchObject({ has_more: true });
      expect(page.access_tokens).toHaveLength(1000);
    }
  });
});

describe("issue", () => {
  test("a second token with an id is rejected until the first is revoked", () => {
    const { issue, revoke } = bench();
    const secret = issue({ id: "a", scope: reading });
    expect(issue({ id: "a", scope: reading })).toMatch(/^409 resource_already_exists/);
    revoke("a");
    expect(issue({ id: "a", scope: reading })).not.toBe(secret);
  });

  test.each<[string, IssueRequest["scope"]]>([
    ["nothing at all", {}],
    ["no operations", { ops: [], op_groups: { stream: { read: false } }, streams: { prefix: "" } }],
  ])("a scope of %s is refused", (_, scope) => {
    const want = "422 invalid: Access token permissions cannot be empty";
    expect(bench().issue({ id: "a", scope })).toBe(want);
  });

  test.each<[string, { prefix: string } | { exact: string } | null, boolean]>([
    ["a prefix", { prefix: "users/" }, true],
    ["an exact set", { exact: "users" }, false],
    ["none", null, false],
  ])("auto_prefix_streams with %s", (_, streams, isAllowed) => {
    const { issue } = bench();
    const request = { id: "a", scope: { ...reading, streams }, auto_prefix_streams: true };
    const want = isAllowed
      ? /^not-a-real/
      : /^422 invalid: Auto prefixing is only allowed for streams with prefix matching$/;
    expect(issue(request)).toMatch(want);
  });

  test("secrets look fake, are unique, and are the same in every run", () => {
    const [one, other] = [bench(), bench()];
    const secrets = ["a", "b"].map((id) => one.issue({ id, scope: reading }));
    expect(new Set(secrets).size).toBe(2);
    expect(secrets.every((secret) => secret.startsWith("not-a-real-secret-"))).toBe(true);
    expect(["a", "b"].map((id) => other.issue({ id, scope: reading }))).toEqual(secrets);
  });

  test("more than maxTokens are rejected with the name of the limit", () => {
    const { issue, revoke } = bench({}, { maxTokens: 2 });
    for (const id of ["a", "b"]) expect(issue({ id, scope: reading })).toMatch(/^not-a-real/);
    expect(issue({ id: "c", scope: reading })).toMatch(/^403 quota_exhausted: .* no more than 2 /);
    revoke("a");
    expect(issue({ id: "c", scope: reading })).toMatch(/^not-a-real/);
  });

  test("more than maxStateBytes are rejected, and a revoke frees bytes", () => {
    const { account, issue, revoke, ids } = bench({}, { bytes: 3000 });
    const large = { ...reading, streams: { prefix: "x".repeat(1000) } };
    expect(issue({ id: "a", scope: large })).toMatch(/^not-a-real/);
    expect(issue({ id: "b", scope: large })).toMatch(/^not-a-real/);
    const words = /^403 quota_exhausted: .* 3000 bytes of them; .* maxStateBytes$/;
    expect(issue({ id: "c", scope: large })).toMatch(words);
    revoke("a");
    expect(issue({ id: "c", scope: large })).toMatch(/^not-a-real/);
    account.replace({ tokens: [], spent: [], issued: 0 });
    for (const id of ["d", "e"]) expect(issue({ id, scope: large })).toMatch(/^not-a-real/);
    expect(ids()).toEqual(["d", "e"]);
  });

  test("expired tokens are removed if there is no room", () => {
    const { issue, ids, pass } = bench({}, { maxTokens: 2 });
    issue({ id: "a", scope: reading, expires_at: at(hour) });
    issue({ id: "b", scope: reading });
    pass(hour);
    expect(issue({ id: "c", scope: reading })).toMatch(/^not-a-real/);
    expect(ids()).toEqual(["b", "c"]);
  });

  test.each([{ keepExpired: true }, { reuseExpiredIds: false }])(
    "unless %j keeps them",
    (rules) => {
      const { issue, pass } = bench(rules, { maxTokens: 1 });
      issue({ id: "a", scope: reading, expires_at: at(hour) });
      pass(hour);
      expect(issue({ id: "c", scope: reading })).toMatch(/^403 quota_exhausted/);
    },
  );

  test("an expired token with the same id is replaced, even if there is no room", () => {
    const { issue, ids, pass } = bench({ keepExpired: true }, { maxTokens: 1 });
    issue({ id: "a", scope: reading, expires_at: at(hour) });
    pass(hour);
    expect(issue({ id: "a", scope: reading })).toMatch(/^not-a-real/);
    expect(ids()).toEqual(["a"]);
  });

  test("accounts with different realms issue different secrets", () => {
    const [one, other] = ["one", "other"].map((realm) => bench({}, { realm }));
    const request = { id: "a", scope: reading };
    expect(one?.issue(request)).not.toBe(other?.issue(request));
  });

  test.each([
    ["", "the secret: expected visible ASCII characters"],
    ["a b", "the secret: expected visible ASCII characters"],
    ["AbCdEf0123456789AbCdEf0123456789", "the secret: this looks like a token of the real service"],
    [root, "the secret: another token has this secret"],
    ["taken", "the secret: another token has this secret"],
  ])("%j is no secret to give", (secret, words) => {
    const { account } = bench();
    const issue = (id: string, given: string): unknown =>
      account.issue(account.authenticate(root), { id, scope: reading }, given);
    issue("first", "taken");
    expect(() => issue("second", secret)).toThrow(words);
    expect(account.listAll()).toHaveLength(1);
  });
});

describe("no escalation", () => {
  const issuer = {
    basins: { exact: "b" },
    streams: { prefix: "s/" },
    access_tokens: { prefix: "mine/" },
    ops: ["issue-access-token", "revoke-access-token", "read"],
    op_groups: { basin: { read: true } },
  } satisfies IssueRequest["scope"];

  test.each<[string, string, IssueRequest["scope"], boolean]>([
    ["an operation that it holds", "mine/1", { ops: ["read"] }, true],
    ["an operation of its group", "mine/1", { ops: ["list-streams"] }, true],
    ["its own group", "mine/1", { op_groups: { basin: { read: true } } }, true],
    ["an operation that it lacks", "mine/1", { ops: ["append"] }, false],
    ["a group that it holds a part of", "mine/1", { op_groups: { stream: { read: true } } }, false],
    ["its exact basin", "mine/1", { ...reading, basins: { exact: "b" } }, true],
    ["another basin", "mine/1", { ...reading, basins: { exact: "c" } }, false],
    ["basins by prefix", "mine/1", { ...reading, basins: { prefix: "b" } }, false],
    ["its streams", "mine/1", { ...reading, streams: { prefix: "s/" } }, true],
    ["some of its streams", "mine/1", { ...reading, streams: { prefix: "s/x" } }, true],
    ["one of its streams", "mine/1", { ...reading, streams: { exact: "s/x" } }, true],
    ["more streams", "mine/1", { ...reading, streams: { prefix: "s" } }, false],
    ["all streams", "mine/1", { ...reading, streams: { prefix: "" } }, false],
    ["another's tokens", "mine/1", { ...reading, access_tokens: { exact: "root" } }, false],
    ["an id outside of its own", "other", { ops: ["read"] }, false],
  ])("a token gives %s", (_, id, scope, isAllowed) => {
    const { issue } = bench();
    const bearer = issue({ id: "issuer", scope: issuer });
    const answer = issue({ id, scope }, bearer);
    expect(answer).toMatch(isAllowed ? /^not-a-real/ : /^403/);
    if (!isAllowed) expect(answer).toBe(denied);
  });

  test("revoke needs the operation and the id", () => {
    const { issue, revoke } = bench();
    issue({ id: "mine/1", scope: reading });
    issue({ id: "other", scope: reading });
    const bearer = issue({ id: "issuer", scope: issuer });
    const reader = issue({ id: "reader", scope: { ...reading, access_tokens: { prefix: "" } } });
    expect(revoke("mine/1", reader)).toBe(denied);
    expect(revoke("other", bearer)).toBe(denied);
    expect(revoke("mine/1", bearer)).toBe("revoked");
    expect(revoke("mine/1", bearer)).toBe("404 access_token_not_found: Access token not found");
  });

  test("list needs the operation", () => {
    const { account, issue } = bench();
    const bearer = issue({ id: "a", scope: reading });
    expect(() => account.list(account.authenticate(bearer), {})).toThrow("Operation not permitted");
  });
});

describe("expiry", () => {
  test("an expired token does not authenticate, is not listed, and frees its id", () => {
    const { account, issue, revoke, ids, pass } = bench();
    const bearer = issue({ id: "a", scope: reading, expires_at: at(hour) });
    pass(hour - 1);
    expect(account.authenticate(bearer).id).toBe("a");
    pass(1);
    expect(() => account.authenticate(bearer)).toThrow("Invalid access token");
    expect(ids()).toEqual([]);
    expect(revoke("a")).toMatch(/^404/);
    expect(issue({ id: "a", scope: reading })).toMatch(/^not-a-real/);
  });

  const limited = {
    ops: ["issue-access-token", "read"],
    access_tokens: { prefix: "" },
  } satisfies IssueRequest["scope"];

  test("the default and the maximum are the expiry of the issuer", () => {
    const { account, issue } = bench();
    const bearer = issue({ id: "issuer", scope: limited, expires_at: at(hour) });
    issue({ id: "default", scope: reading }, bearer);
    issue({ id: "null", scope: reading, expires_at: null }, bearer);
    issue({ id: "same", scope: reading, expires_at: at(hour) }, bearer);
    issue({ id: "sooner", scope: reading, expires_at: at(hour - 1000) }, bearer);
    expect(issue({ id: "later", scope: reading, expires_at: at(hour + 1) }, bearer)).toMatch(
      invalidExpiry,
    );
    const expiries = account.listAll().map(({ id, expires_at }) => [id, expires_at]);
    const full = "2100-01-01T01:00:00Z";
    expect(Object.fromEntries(expiries)).toEqual({
      issuer: full,
      default: full,
      null: full,
      same: full,
      sooner: "2100-01-01T00:59:59Z",
    });
  });

  test.each(["9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59-00:01"])(
    "%s is rejected, because a listing cannot show it",
    (expires_at) => {
      const { account, issue } = bench();
      const words = `400 bad_json: expires_at: ${expires_at} is not in the years 0000 to 9999 in UTC`;
      expect(issue({ id: "a", scope: reading, expires_at })).toBe(words);
      expect(account.listAll()).toEqual([]);
    },
  );

  test("the latest possible timestamp is accepted", () => {
    const { account, issue } = bench();
    const expires_at = "9999-12-31T23:59:59.999Z";
    issue({ id: "a", scope: reading, expires_at });
    expect(account.listAll()).toMatchObject([{ expires_at }]);
  });

  test("an expiry in the past is rejected", () => {
    const { issue } = bench();
    expect(issue({ id: "a", scope: reading, expires_at: at(0) })).toMatch(invalidExpiry);
    expect(issue({ id: "a", scope: reading, expires_at: at(1) })).toMatch(/^not-a-real/);
  });
});

describe("each value of each rule", () => {
  test.each([
    ["invalid", "422 invalid"],
    ["permission_denied", "403 permission_denied"],
    ["bad_json", "400 bad_json"],
  ] as const)("badExpiry: %s", (badExpiry, want) => {
    const answer = bench({ badExpiry }).issue({ id: "a", scope: reading, expires_at: at(0) });
    expect(answer.startsWith(want)).toBe(true);
  });

  test.each([
    [false, "issuer,mine/1,other"],
    [true, "mine/1"],
  ])("filterListing: %s", (filterListing, want) => {
    const { issue, ids } = bench({ filterListing });
    const scope: IssueRequest["scope"] = {
      ops: ["list-access-tokens"],
      access_tokens: { prefix: "mine/" },
    };
    const bearer = issue({ id: "issuer", scope });
    for (const id of ["mine/1", "other"]) issue({ id, scope: reading });
    expect(ids({}, bearer).join()).toBe(want);
  });

  test.each([
    [true, /^not-a-real/],
    [false, /^409/],
  ])("reuseRevokedIds: %s", (reuseRevokedIds, want) => {
    const { issue, revoke } = bench({ reuseRevokedIds });
    issue({ id: "a", scope: reading });
    revoke("a");
    expect(issue({ id: "a", scope: reading })).toMatch(want);
  });

  test.each([
    [true, /^not-a-real/],
    [false, /^409/],
  ])("reuseExpiredIds: %s", (reuseExpiredIds, want) => {
    const { issue, pass } = bench({ reuseExpiredIds });
    issue({ id: "a", scope: reading, expires_at: at(hour) });
    pass(hour);
    expect(issue({ id: "a", scope: reading })).toMatch(want);
  });

  test.each([
    [false, "", /^404/],
    [true, "a", /^revoked/],
  ])("keepExpired: %s", (keepExpired, listed, revoked) => {
    const { issue, revoke, ids, pass } = bench({ keepExpired });
    issue({ id: "a", scope: reading, expires_at: at(hour) });
    pass(hour);
    expect(ids().join()).toBe(listed);
    expect(revoke("a")).toMatch(revoked);
  });

  test.each([
    [false, "child,grandchild,other"],
    [true, "other"],
  ])("cascadeRevoke: %s", (cascadeRevoke, want) => {
    const { issue, revoke, ids } = bench({ cascadeRevoke });
    const scope: IssueRequest["scope"] = {
      ops: ["issue-access-token"],
      access_tokens: { prefix: "" },
    };
    const parent = issue({ id: "parent", scope });
    const child = issue({ id: "child", scope }, parent);
    issue({ id: "grandchild", scope }, child);
    issue({ id: "other", scope });
    revoke("parent");
    expect(ids().join()).toBe(want);
  });

  test.each([
    [true, /^not-a-real/],
    [false, /^422/],
  ])("emptyAutoPrefix: %s", (emptyAutoPrefix, want) => {
    const scope = { ...reading, streams: { prefix: "" } };
    const answer = bench({ emptyAutoPrefix }).issue({ id: "a", scope, auto_prefix_streams: true });
    expect(answer).toMatch(want);
  });

  test("operations: a group that covers another operation", () => {
    const give: IssueRequest = { id: "child", scope: { ops: ["create-stream"] } };
    const issuer: IssueRequest["scope"] = {
      ops: ["issue-access-token"],
      access_tokens: { prefix: "" },
      op_groups: { stream: { write: true } },
    };
    const first = bench();
    expect(first.issue(give, first.issue({ id: "issuer", scope: issuer }))).toBe(denied);
    const facts = { group: "stream", access: "write", certain: false, needs: [] } as const;
    const second = bench({ operations: { "create-stream": facts } });
    expect(second.issue(give, second.issue({ id: "issuer", scope: issuer }))).toMatch(
      /^not-a-real/,
    );
  });

  test.each([
    [{ nonsense: true }, "rules.nonsense: no such rule"],
    [{ toString: "x" }, "rules.toString: no such rule"],
    [{ badExpiry: "teapot" }, "rules.badExpiry: expected invalid or permission_denied or bad_json"],
    [{ cascadeRevoke: "yes" }, "rules.cascadeRevoke: expected true or false"],
    [{ operations: { fly: {} } }, 'rules.operations["fly"]: no such operation'],
    [{ operations: { toString: {} } }, 'rules.operations["toString"]: no such operation'],
    [{ operations: { read: { group: "tree" } } }, "expected account, basin or stream"],
  ])("%j is refused", (rules, words) => {
    // As from JSON, which no compiler has seen.
    expect(() => readRules(rules as Partial<MockRules>)).toThrow(words);
  });
});

test("the state can be exported and imported", () => {
  const [one, other] = [bench(), bench()];
  const secret = one.issue({ id: "a", scope: reading, expires_at: at(hour) });
  const plain: ReturnType<Account["state"]> = JSON.parse(JSON.stringify(one.account.state()));
  other.account.replace(plain);
  expect(other.account.state()).toEqual(one.account.state());
  expect(other.account.authenticate(secret).id).toBe("a");
});

test("an import accepts tokens that have expired", () => {
  const { account, pass } = bench();
  pass(2 * hour);
  account.restore({ id: "a", scope: reading, expires_at: at(hour) }, "its-secret", "its-issuer");
  expect(account.state().tokens).toMatchObject([{ id: "a", issuer: "its-issuer" }]);
  expect(() => account.authenticate("its-secret")).toThrow("Invalid access token");
  expect(() => account.restore({ id: "b", scope: {} })).toThrow("cannot be empty");
});
