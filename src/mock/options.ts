import type { IssueAccessTokenRequest } from "../../generated/models/issue-access-token-request.js";
import type { FaultPlan } from "./faults/plan.js";
import type { MockLimits } from "./limits.js";
import type { RequestRecord } from "./record.js";
import type { ClockSetting } from "./state/clock.js";
import type { MockRules } from "./state/rules.js";

/** A token that is there from the start. */
export type SeedToken = IssueAccessTokenRequest & {
  /** Its secret. Default: one that the mock makes, the same in every run. */
  readonly accessToken?: string | undefined;
};

/** How to start the mock; all has a default. */
export interface MockOptions {
  /** Port to listen on. Default 0: any free one. */
  readonly port?: number | undefined;
  /** Address to listen on. Default `127.0.0.1`, which only this machine reaches. */
  readonly host?: string | undefined;
  /** The bearer that may do everything. Default: `not-a-real-root-token`. */
  readonly rootToken?: string | undefined;
  /** The bearer of the control under `/__mock/`. Default: another one in each run. */
  readonly controlToken?: string | undefined;
  /** Answers with the document's examples and keeps no state, as Prism does. Default false. */
  readonly stateless?: boolean | undefined;
  /** Tokens that every session has at the start and after a reset; the root issues them. */
  readonly tokens?: readonly SeedToken[] | undefined;
  /** What S2 does not say. */
  readonly rules?: Partial<MockRules> | undefined;
  /** The clock of every session at the start. Default: the real time. */
  readonly clock?: ClockSetting | undefined;
  /** The faults of every session at the start. Default: none. */
  readonly faults?: FaultPlan | undefined;
  /** How much it takes. */
  readonly limits?: Partial<MockLimits> | undefined;
  /** The OpenAPI document, as an object. Default: the one of this package. */
  readonly document?: object | undefined;
  /** More names that may stand in the header `Host`; `*` is all. Default: only this machine's own. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** More origins from which browsers may call; `*` is all. Default: only this machine's own. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Is told of each request when its answer is sent. Nothing secret is in what it is told. */
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
}
