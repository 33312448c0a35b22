/** What `settle` makes of each method's type: the codes of its operation, and a switch that must name them all. */
import {
  type ApiError,
  type Call,
  type ConflictError,
  type ContractError,
  type IssueAccessTokenFailure,
  type IssueAccessTokenResponse,
  type ListAccessTokensFailure,
  type RevokeAccessTokenFailure,
  type S2,
  type Settled,
  settle,
  type TimeoutError,
  type TransportError,
  type UnauthorizedError,
  type UnlistedCode,
} from "../../src/index.js";
import type { Equal, Holds } from "./equal.js";

/** The codes that one operation can answer are those of its failures, and no others. */
type Listed<Failure extends { readonly code: unknown }> = Exclude<
  Failure["code"],
  UnlistedCode | undefined
>;

export type Codes = [
  Holds<
    Equal<
      Listed<RevokeAccessTokenFailure>,
      | "bad_path"
      | "bad_header"
      | "authn"
      | "permission_denied"
      | "access_token_not_found"
      | "request_timeout"
      | "rate_limited"
      | "other"
      | "storage"
      | "not_implemented"
      | "hot_server"
      | "unavailable"
      | "server_draining"
      | "upstream_timeout"
    >
  >,
  Holds<Equal<Extract<Listed<ListAccessTokensFailure>, "resource_already_exists">, never>>,
];

/** A call is a promise of its value; the failure is in its type alone. */
export type Calls = [
  Holds<
    Equal<
      ReturnType<S2["accessTokens"]["issue"]>,
      Call<IssueAccessTokenResponse, IssueAccessTokenFailure>
    >
  >,
];

export async function readsResult(client: S2): Promise<string> {
  const call = client.accessTokens.issue({ id: "a", scope: { ops: ["read"] } });
  const result: Settled<IssueAccessTokenResponse, IssueAccessTokenFailure> = await settle(call);
  if (result.ok) return result.value.accessToken;
  // @ts-expect-error a failure has no value
  result.value;
  const { error } = result;
  switch (error.code) {
    case "resource_already_exists":
    case "transaction_conflict": {
      const conflict: ConflictError = error;
      return conflict.message;
    }
    case "authn": {
      const refused: UnauthorizedError = error;
      return String(refused.body);
    }
    case undefined: {
      const silent: ApiError | TransportError | TimeoutError | ContractError = error;
      return silent.name;
    }
    default:
      return "";
  }
}

export async function mustNameThemAll(client: S2): Promise<string | undefined> {
  const result = await settle(client.accessTokens.revoke({ id: "a" }));
  if (result.ok) return undefined;
  const { error } = result;
  switch (error.code) {
    case "bad_path":
    case "bad_header":
    case "authn":
    case "permission_denied":
    case "request_timeout":
    case "rate_limited":
    case "other":
    case "storage":
    case "not_implemented":
    case "hot_server":
    case "unavailable":
    case "server_draining":
    case "upstream_timeout":
      return error.code;
    // @ts-expect-error not a code of this operation
    case "resource_already_exists":
      return undefined;
    default: {
      // @ts-expect-error access_token_not_found has no case above
      const missed: UnlistedCode | undefined = error.code;
      if (error.code === "access_token_not_found") return undefined;
      const rest: UnlistedCode | undefined = error.code;
      const text: string | undefined = rest;
      return text ?? missed;
    }
  }
}
