import { type AccessTokenInfo, type DateInput, type S2, settle } from "../../src/index.js";

/** The recipe of the README, which its test holds to this text. */
export async function rotate(
  client: S2,
  old: AccessTokenInfo,
  next: { readonly id: string; readonly expiresAt: DateInput },
  handOver: (secret: string) => Promise<void>,
): Promise<void> {
  const issued = await settle(client.accessTokens.issue({ ...old, ...next }));
  if (!issued.ok) {
    // A token may exist whose secret nobody has: revoke it, and rotate again with another id.
    if (issued.error.outcome !== "none") await settle(client.accessTokens.revoke({ id: next.id }));
    throw issued.error;
  }
  // If this fails, keep both tokens until you know which of them is in use.
  await handOver(issued.value.accessToken);
  const revoked = await settle(client.accessTokens.revoke({ id: old.id }));
  const isGone = revoked.ok || revoked.error.code === "access_token_not_found";
  if (!isGone) throw revoked.error;
}
