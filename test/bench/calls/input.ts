/** What every contender issues, as narrow as it is. */
export interface Input {
  readonly id: string;
  readonly scope: {
    readonly basins: { readonly prefix: string };
    readonly streams: { readonly prefix: string };
    readonly opGroups: { readonly stream: { readonly read: true; readonly write: true } };
  };
  readonly expiresAt: Date;
}

/** The token that is issued; its id is the one that is revoked. */
export const input: Input = {
  id: "ci/build/42",
  scope: {
    basins: { prefix: "" },
    streams: { prefix: "users/1234/" },
    opGroups: { stream: { read: true, write: true } },
  },
  expiresAt: new Date("2027-03-01T12:30:00Z"),
};
