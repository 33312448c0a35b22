import type { Seen } from "./scenarios.js";

/** Where an official client does otherwise than the contract says. */
export interface Difference extends Seen {
  readonly client: string;
  readonly scenario: string;
  /** In a few words, for the table. */
  readonly does: string;
  readonly right: "The contract" | "The client";
  readonly why: string;
}

type Reason = Omit<Difference, "client">;

const listPath = "/v1/access-tokens";

const retriesOpenFailure: Reason = {
  scenario: "issue-503",
  does: "sends it again",
  right: "The contract",
  why: "`unavailable` leaves open whether the token exists. If it does, the second attempt fails with 409 and the secret is lost.",
  said: ["issue secret"],
  wire: [`POST ${listPath} 503`, `POST ${listPath} 201`],
};

const losesSecret: Reason = {
  scenario: "issue-500-after-commit",
  does: "sends it again and reports 409",
  right: "The contract",
  why: "the token exists, its secret is lost, and the caller reads that somebody else has taken the id.",
  said: ["issue server 409 resource_already_exists"],
  wire: [`POST ${listPath} 500`, `POST ${listPath} 409`],
};

const sendsDots: Reason = {
  scenario: "dot-ids",
  does: "sends the dots in the path",
  right: "The contract",
  why: "whatever normalises the URL on the way turns `DELETE /v1/access-tokens/..` into `DELETE /v1/`, and a 204 of that would read as a success.",
  said: [
    "revoke server 400 bad_path",
    "issue server 400 bad_json",
    "revoke server 400 bad_path",
    "issue server 400 bad_json",
    "revoke server 400 bad_path",
    "revoke ok",
  ],
  wire: [
    `DELETE ${listPath}/.. 400`,
    `POST ${listPath} 400`,
    `DELETE ${listPath}/. 400`,
    `POST ${listPath} 400`,
    `DELETE ${listPath}/ 400`,
    `DELETE ${listPath}/a%2Fb 204`,
  ],
};

const failsListing: Reason = {
  scenario: "unknown-operation",
  does: "fails the listing",
  right: "The contract",
  why: "operations are added (three in 2026), and one token that has a new one must not hide all others from an old client.",
  said: ["list client"],
  wire: [`GET ${listPath} 200`],
};

/** The run fails where a row no longer holds. */
export const differences: readonly Difference[] = [
  ...["typescript", "python", "go", "rust"].flatMap((client) => [
    { ...retriesOpenFailure, client },
    { ...losesSecret, client },
  ]),
  { ...failsListing, client: "python" },
  { ...failsListing, client: "rust" },
  {
    ...sendsDots,
    client: "typescript",
    does: "sends `DELETE /v1/` for `..`, `DELETE /v1/access-tokens/` for `.` and an empty id",
    why: "the request names another resource than the caller did, and a 204 of that would read as a success.",
    said: ["revoke server 404 mock_no_such_route", ...sendsDots.said.slice(1)],
    wire: [
      "DELETE /v1/ 404",
      `POST ${listPath} 400`,
      `DELETE ${listPath}/ 400`,
      ...sendsDots.wire.slice(3),
    ],
  },
  { ...sendsDots, client: "python" },
  {
    ...sendsDots,
    client: "go",
    said: [...sendsDots.said.slice(0, 4), "revoke client", "revoke ok"],
    wire: [...sendsDots.wire.slice(0, 4), `DELETE ${listPath}/a%2Fb 204`],
  },
];
