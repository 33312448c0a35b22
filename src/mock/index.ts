/** The entry point `s2-token-contract/mock`: a mock server for tests. */
/// <reference lib="esnext.disposable" preserve="true" />
export type { FaultPlan, PlannedFault } from "./faults/plan.js";
export type { MockLimits } from "./limits.js";
export type { RequestRecord } from "./log/request-record.js";
export type { MockOptions, SeedToken } from "./options.js";
export {
  type Mock,
  type MockClientOptions,
  type MockSession,
  type ServedDocument,
  startMock,
} from "./server.js";
export type { ClockSetting } from "./state/clock.js";
export type { MockRules } from "./state/rules.js";
export type { InvalidRequest, Item, Kind, UnknownNameSent, Verdict } from "./verdict/verdict.js";
export { withMock } from "./with-mock.js";
