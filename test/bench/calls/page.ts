import type { components } from "../../../generated/wire.js";

type Token = components["schemas"]["AccessTokenInfo"];

const neither = { read: false, write: false };
const reading = { read: true, write: false };

/** Scopes as the service lists them, every key present. */
const scopes: readonly Token["scope"][] = [
  {
    access_tokens: null,
    basins: { prefix: "" },
    streams: { prefix: "users/1234/" },
    op_groups: { account: neither, basin: neither, stream: { read: true, write: true } },
    ops: [],
  },
  {
    access_tokens: { prefix: "ci/" },
    basins: { exact: "production" },
    streams: { prefix: "ci/" },
    op_groups: { account: reading, basin: reading, stream: reading },
    ops: ["issue-access-token", "revoke-access-token", "append", "trim"],
  },
  {
    access_tokens: null,
    basins: null,
    streams: null,
    op_groups: { account: reading, basin: neither, stream: neither },
    ops: ["list-access-tokens"],
  },
];

/**
 * The bytes of a page, as the service writes it: three kinds of scope, one token in four never expires.
 *
 * @param first - number of the page's first token in the whole listing
 */
export function pageOf(count: number, first = 0, hasMore = true): Uint8Array<ArrayBuffer> {
  const tokens = Array.from({ length: count }, (_, place): Token => {
    const index = first + place;
    const day = String(1 + (index % 28)).padStart(2, "0");
    return {
      id: `ci/build/${String(index).padStart(7, "0")}`,
      auto_prefix_streams: index % 3 === 0,
      expires_at: index % 4 === 0 ? null : `2027-03-${day}T12:30:00Z`,
      scope: scopes[index % scopes.length] ?? {},
    };
  });
  return new TextEncoder().encode(JSON.stringify({ access_tokens: tokens, has_more: hasMore }));
}

/** The bytes of the answer to issuing. */
export const issued: Uint8Array<ArrayBuffer> = new TextEncoder().encode(
  JSON.stringify({ access_token: "s2_bench_0123456789abcdef0123456789abcdef" }),
);
