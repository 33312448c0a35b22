import type { Backend } from "../engine/engine.js";
import type { Account, ListQuery } from "./account.js";
import type { IssueRequest } from "./issue.js";
import { Refusal, refuse } from "./refusal.js";
import type { MockRules } from "./rules.js";
import type { Caller } from "./token.js";

type Handler = (
  account: Account,
  caller: Caller,
  input: { readonly parameters: Readonly<Record<string, unknown>>; readonly body: unknown },
) => { readonly status: number; readonly body: unknown };

/**
 * The operations that an account serves. Their input has been validated, so the casts give it the type of its schema.
 */
const handlers: { readonly [operationId: string]: Handler } = {
  list_access_tokens: (account, caller, { parameters }) => ({
    status: 200,
    body: account.list(caller, parameters as ListQuery),
  }),
  issue_access_token: (account, caller, { body }) => ({
    status: 201,
    body: account.issue(caller, body as IssueRequest),
  }),
  revoke_access_token: (account, caller, { parameters }) => {
    account.revoke(caller, parameters["id"] as string);
    return { status: 204, body: undefined };
  },
};

/** The ids of the operations that an account serves. */
export const backedOperations: readonly string[] = Object.keys(handlers);

/** Creates the backend that serves operations on access tokens from an account. */
export function accountBackend(account: Account, rules: MockRules): Backend {
  return {
    answers: (operationId) => Object.hasOwn(handlers, operationId),
    authenticate: (operationId, bearer) => {
      try {
        return account.authenticate(bearer);
      } catch (error) {
        const { unknownBearerOnRevoke } = rules;
        if (!(error instanceof Refusal) || operationId !== "revoke_access_token") throw error;
        if (unknownBearerOnRevoke === "authn") throw error;
        throw refuse(unknownBearerOnRevoke, "Access token not found", error.reason);
      }
    },
    answer: (operationId, input, caller) => {
      const handler = handlers[operationId];
      if (handler === undefined) throw new TypeError(`no handler of ${operationId}`);
      // The caller comes from `authenticate`, above.
      return handler(account, caller as Caller, input);
    },
  };
}
