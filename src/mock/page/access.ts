import { S2 } from "../../s2.js";
import { createClient } from "../control/api.js";
import type { Control } from "../control/resources/control.js";
import type { PageSettings } from "./settings.js";

/** How the page reaches the mock that it is of. */
export interface MockAccess {
  readonly settings: PageSettings;
  readonly control: Control;
  /** Calls the API as the root, in a session. */
  readonly clientOf: (session: string) => S2;
}

/**
 * Asks the mock for what the page needs.
 *
 * @throws {Error} the mock does not tell this page; the message says why.
 */
export async function reachMock(): Promise<MockAccess> {
  const response = await fetch("/__mock/page/settings.json");
  const answer: PageSettings & { readonly message?: string } = await response.json();
  if (!response.ok) throw new Error(answer.message ?? `status ${response.status}`);
  const baseUrl = `${answer.endpoint}/__mock`;
  const { control } = createClient({ baseUrl, auth: { controlToken: answer.controlToken } });
  return {
    settings: answer,
    control,
    clientOf: (session) =>
      new S2({
        accessToken: answer.rootToken,
        endpoint: answer.endpoint,
        headers: { "mock-session": session },
        // A fault that was switched on is to be seen.
        retry: false,
      }),
  };
}
