import { S2 } from "../../s2.js";
import { createClient } from "../control/api.js";
import type { Control } from "../control/resources/control.js";
import type { PageSettings } from "./settings.js";

/** The page's access to its mock. */
export interface MockAccess {
  readonly settings: PageSettings;
  readonly control: Control;
  /** Creates a client of the API with the root token, in a session. */
  readonly clientOf: (session: string) => S2;
}

/**
 * Fetches the page's settings from the mock.
 *
 * @throws {Error} if the mock refuses them; the message says why.
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
        // Retries would hide injected faults.
        retry: false,
      }),
  };
}
