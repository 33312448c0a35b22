/**
 * What every platform must be able to do, as one program that is the same everywhere: plain JavaScript over the package
 * as it is published. What differs between platforms it is told in `facts`.
 */
import {
  ApiError,
  ConflictError,
  isApiError,
  S2,
  settle,
  TimeoutError,
  TransportError,
} from "s2-token-contract";

const scope = { ops: ["list-access-tokens"] };

const steps = {
  async list({ mock, accessToken, at }) {
    const client = at(mock, { accessToken: async () => accessToken });
    const page = await client.accessTokens.list({}, prefer("example=list_complete"));
    same(page.hasMore, false);
    same(page.accessTokens.length > 0, true);
    for (const { id, expiresAt } of page.accessTokens) {
      same(typeof id, "string");
      same(expiresAt === null || expiresAt instanceof Date, true);
    }
  },

  async pages({ mock, at }) {
    const listing = at(mock).accessTokens.listAll({}, prefer("example=list_complete"));
    let count = 0;
    for await (const { accessTokens } of listing.pages()) count += accessTokens.length;
    for await (const { id } of listing) count -= id.length > 0 ? 1 : 0;
    same(count, 0);
  },

  async get({ mock, at }) {
    const options = prefer("example=list_complete");
    const { accessTokens } = await at(mock).accessTokens.list({}, options);
    const [{ id }] = accessTokens;
    same((await at(mock).accessTokens.get({ id }, options)).id, id);
  },

  async issue({ mock, at }) {
    const input = { id: "smoke/a b", scope, expiresAt: new Date("2099-01-01") };
    const { accessToken: secret } = await at(mock).accessTokens.issue(input);
    same(typeof secret, "string");
  },

  async revoke({ mock, at }) {
    same(await at(mock).accessTokens.revoke({ id: "smoke/a b" }), undefined);
  },

  async "api error"({ mock, at }) {
    const { accessTokens } = at(mock);
    const options = prefer("code=409, example=resource_already_exists");
    const error = await failureOf(accessTokens.issue({ id: "smoke", scope }, options));
    same(error instanceof ConflictError && error instanceof ApiError && isApiError(error), true);
    same(error.name, "ConflictError");
    same(error.status, 409);
    same(error.code, "resource_already_exists");
    same(error.outcome, "none");
    const settled = await settle(accessTokens.issue({ id: "smoke", scope }, options));
    same(settled.ok, false);
    same(settled.error.code, "resource_already_exists");
  },

  async "type error"({ mock, at }) {
    let sent = 0;
    const fetch = (request) => {
      sent += 1;
      return globalThis.fetch(request);
    };
    const error = await failureOf(at(mock, { fetch }).accessTokens.revoke({ id: ".." }));
    same(error instanceof TypeError, true);
    same(error.message.startsWith("accessTokens.revoke: id: "), true);
    same(sent, 0);
  },

  async abort({ awkward, at }) {
    const controller = new AbortController();
    const reason = new Error("not needed any more");
    const { signal } = controller;
    const call = at(`${awkward}/silent`).accessTokens.list({}, { signal });
    setTimeout(() => controller.abort(reason), 50);
    same(await failureOf(call), reason);
  },

  async timeout({ awkward, at }) {
    const timeouts = { attempt: 100 };
    const error = await failureOf(at(`${awkward}/silent`, { timeouts }).accessTokens.list());
    same(error instanceof TimeoutError, true);
    same(error.which, "attempt");
    same(error.limit, 100);
  },

  async "no connection"({ nobody, facts, at }) {
    const error = await failureOf(at(nobody).accessTokens.issue({ id: "smoke", scope }));
    same(error instanceof TransportError, true);
    same(error.outcome, facts.refused);
  },

  async "lost connection"({ awkward, at }) {
    const { accessTokens } = at(`${awkward}/hangup`);
    const error = await failureOf(accessTokens.issue({ id: "smoke", scope }));
    same(error instanceof TransportError, true);
    same(error.outcome, "unknown");
  },

  async "kept connection"({ awkward, facts, at }) {
    const { accessTokens } = at(`${awkward}/cut`);
    await seen(awkward);
    for (const [method, call] of [
      ["POST", () => accessTokens.issue({ id: "smoke", scope })],
      ["DELETE", () => accessTokens.revoke({ id: "smoke" })],
    ]) {
      // Leaves a connection that can be used again.
      await accessTokens.list();
      const error = await failureOf(call());
      same(error.outcome, "unknown");
      const sent = (await seen(awkward)).filter((request) => request.method === method);
      same(`${method} ${sent.length}`, `${method} ${facts.resends.includes(method) ? 2 : 1}`);
    }
  },

  async redirect({ awkward, facts, at }) {
    await seen(awkward);
    const error = await failureOf(at(`${awkward}/redirect`).accessTokens.list());
    same(error instanceof (facts.showsRedirects ? ApiError : TransportError), true);
    same(error.status, facts.showsRedirects ? 307 : undefined);
    const paths = (await seen(awkward)).map(({ path }) => path);
    same(paths.join(" "), "/redirect/access-tokens");
  },

  async "user agent"({ awkward, facts, at }) {
    await seen(awkward);
    await at(`${awkward}/cut`, { userAgent: "smoke/1" }).accessTokens.list();
    const [{ userAgent }] = await seen(awkward);
    same(userAgent === "smoke/1", facts.setsUserAgent);
  },

  async stack({ nobody, at }) {
    const client = at(nobody);
    async function callsTheClient() {
      await client.accessTokens.list();
    }
    // Right after another call, not every engine knows who makes it.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { stack } = await failureOf(callsTheClient());
    same(stack.includes("callsTheClient"), true);
  },

  async secrets({ nobody, accessToken, at }) {
    const client = at(nobody);
    const error = await failureOf(client.accessTokens.issue({ id: "smoke", scope }));
    // Whoever started the program looks for the token in all that it printed.
    console.log(client, error);
    const shown = [String(error), error.stack, JSON.stringify([client, error]), error.cause?.stack];
    same(shown.join("\n").includes(accessToken), false);
  },
};

/**
 * Runs every step; one that fails does not keep the others from running.
 *
 * @param setting - addresses of the servers, an access token that no output may show, and the facts of the platform
 * @returns names of the steps that passed, and what was wrong with the others
 */
export async function smoke(setting) {
  const { accessToken } = setting;
  const at = (endpoint, options) => new S2({ accessToken, endpoint, retry: false, ...options });
  const passed = [];
  const failed = [];
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step({ ...setting, at });
      passed.push(name);
    } catch (error) {
      failed.push(`${name}: ${error?.stack ?? error}`);
    }
  }
  return { passed, failed };
}

/** Chooses the answer of the mock, by its status or by the name of an example of the contract. */
function prefer(answer) {
  return { headers: { Prefer: answer } };
}

/** Requests that have arrived since this was last asked. */
async function seen(awkward) {
  return (await fetch(`${awkward}/seen`)).json();
}

async function failureOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a failure, and there was none");
}

function same(found, wanted) {
  if (!Object.is(found, wanted)) throw new Error(`expected ${wanted}, found ${found}`);
}
