import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ContractError, type DateInput } from "../../src/index.js";
import { asDate, toDateTime } from "../../src/runtime/dates.js";
import { failure, json, listed, rig, untyped } from "./harness.js";

/** Every moment that RFC 3339 can write. */
const moment = fc.date({
  min: new Date("0000-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

/** What `issue` sends as `expires_at`; throws what `issue` throws when nothing was sent. */
async function sent(expiresAt: unknown): Promise<unknown> {
  const { client, seen } = rig(() => json(201, { access_token: "secret" }));
  await client.accessTokens.issue({
    id: "a",
    scope: { ops: ["read"] },
    expiresAt: untyped<DateInput | null>(expiresAt),
  });
  const body: Record<string, unknown> = JSON.parse(seen[0]?.body ?? "");
  return body["expires_at"];
}

/** What `list` returns as `expiresAt` for this text. */
async function read(wire: unknown): Promise<Date | null | undefined> {
  const token = { ...listed("a"), expires_at: wire };
  const { client } = rig(() => json(200, { access_tokens: [token], has_more: false }));
  return (await client.accessTokens.list()).accessTokens[0]?.expiresAt;
}

describe("a timestamp in a request", () => {
  test("comes back equal, for any timestamp", async () => {
    await fc.assert(
      fc.asyncProperty(moment, async (date) => {
        expect((await read(await sent(date)))?.getTime()).toBe(date.getTime());
      }),
      { numRuns: 200 },
    );
    expect(asDate(toDateTime(new Date("0004-02-29T00:00:00Z"))).toISOString()).toMatch(/^0004-02/);
  });

  test("29 February of the year 0 is valid: the year is divisible by 400", () => {
    const text = "0000-02-29T00:00:00.000Z";
    expect(asDate(toDateTime(new Date(text))).toISOString()).toBe(text);
  });

  test("may be epoch milliseconds, 0 and negative ones included", async () => {
    expect(await sent(0)).toBe("1970-01-01T00:00:00.000Z");
    expect(await sent(-1)).toBe("1969-12-31T23:59:59.999Z");
    expect(await sent(Date.UTC(2125, 5, 30, 12))).toBe("2125-06-30T12:00:00.000Z");
  });

  test.each([
    "2125-06-30T12:00:00Z",
    "2125-06-30t12:00:00z",
    "2125-06-30T12:00:00+02:00",
    "2125-06-30T12:00:00-23:59",
    "2125-06-30T12:00:00-00:00",
    "2125-06-30T12:00:00.1Z",
    "2125-06-30T12:00:00.123456789Z",
    "2128-02-29T00:00:00Z",
    "2016-12-31T23:59:60Z",
    "2017-01-01T00:59:60+01:00",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
  ])("%s is sent unchanged", async (text) => {
    expect(await sent(text)).toBe(text);
  });

  test("any RFC 3339 string is sent unchanged, with its offset and all its digits", async () => {
    const offset = fc.oneof(
      fc.constantFrom("Z", "z"),
      fc
        .tuple(
          fc.constantFrom("+", "-"),
          fc.integer({ max: 23, min: 0 }),
          fc.integer({ max: 59, min: 0 }),
        )
        .map(([sign, hours, minutes]) => `${sign}${two(hours)}:${two(minutes)}`),
    );
    const fraction = fc.oneof(
      fc.constant(""),
      fc.stringMatching(/^\d{1,12}$/).map((digits) => `.${digits}`),
    );
    await fc.assert(
      fc.asyncProperty(moment, fraction, offset, async (date, digits, zone) => {
        const text = `${date.toISOString().slice(0, 19)}${digits}${zone}`;
        // The year 0 has a test of its own, above.
        fc.pre(!text.startsWith("0000-02-29"));
        expect(await sent(text)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  test("null is sent, undefined is not", async () => {
    expect(await sent(null)).toBeNull();
    expect(await sent(undefined)).toBeUndefined();
  });

  test.each([
    ["tomorrow", '"tomorrow"'],
    ["", '""'],
    ["2125-06-30", '"2125-06-30"'],
    ["2125-06-30T12:00:00", '"2125-06-30T12:00:00"'],
    ["2125-06-30 12:00:00Z", '"2125-06-30 12:00:00Z"'],
    ["2125-06-30T12:00Z", '"2125-06-30T12:00Z"'],
    ["2125-06-30T12:00:00+0200", '"2125-06-30T12:00:00+0200"'],
    ["2125-06-30T12:00:00.Z", '"2125-06-30T12:00:00.Z"'],
    ["2125-06-30T12:00:00Z\n", '"2125-06-30T12:00:00Z\\n"'],
    ["+012125-06-30T12:00:00Z", '"+012125-06-30T12:00:00Z"'],
    ["2125-02-30T00:00:00Z", '"2125-02-30T00:00:00Z"'],
    ["2125-02-29T00:00:00Z", '"2125-02-29T00:00:00Z"'],
    ["2125-06-31T00:00:00Z", '"2125-06-31T00:00:00Z"'],
    ["2125-06-00T00:00:00Z", '"2125-06-00T00:00:00Z"'],
    ["2125-13-01T00:00:00Z", '"2125-13-01T00:00:00Z"'],
    ["2125-00-01T00:00:00Z", '"2125-00-01T00:00:00Z"'],
    ["2125-06-30T25:00:00Z", '"2125-06-30T25:00:00Z"'],
    ["2125-06-30T12:60:00Z", '"2125-06-30T12:60:00Z"'],
    ["2125-06-30T12:00:61Z", '"2125-06-30T12:00:61Z"'],
    ["2125-13-01T23:59:60Z", '"2125-13-01T23:59:60Z"'],
    ["2125-06-31T23:59:60Z", '"2125-06-31T23:59:60Z"'],
    ["2125-06-30T12:00:00+24:00", '"2125-06-30T12:00:00+24:00"'],
    ["2125-06-30T12:00:00+02:60", '"2125-06-30T12:00:00+02:60"'],
    [new Date(Number.NaN), "an invalid one"],
    [Number.NaN, "an invalid one"],
    [Number.POSITIVE_INFINITY, "an invalid one"],
    [8.64e15 + 1, "an invalid one"],
    [new Date("+010000-01-01T00:00:00Z"), "10000"],
    [new Date("-000001-12-31T23:59:59Z"), "-1"],
    [true, "a boolean"],
    [{}, "an object"],
    [[2125, 6, 30], "an array"],
  ])("%j is a TypeError before a request", async (expiresAt, found) => {
    const { client, seen } = rig(() => json(201, { access_token: "secret" }));
    const input = {
      id: "a",
      scope: { ops: ["read"] },
      expiresAt: untyped<DateInput>(expiresAt),
    } as const;
    const error = await failure(client.accessTokens.issue(input));
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toMatch(
      /^TypeError: accessTokens.issue: expiresAt: expected an? .*date|year/i,
    );
    expect(String(error)).toMatch(new RegExp(`, found ${escapeRegExp(found)}$`));
    expect(seen).toEqual([]);
  });

  test("24:00:00 is a TypeError: RFC 3339 has hours from 00 to 23", async () => {
    expect(await failure(sent("2125-06-30T24:00:00Z"))).toBeInstanceOf(TypeError);
  });

  test("a leap second is valid only at 23:59 UTC: RFC 3339 §5.7", async () => {
    expect(await failure(sent("2125-06-30T10:30:60Z"))).toBeInstanceOf(TypeError);
  });
});

describe("a timestamp in a response", () => {
  test.each([
    ["2125-06-30T12:00:00Z", "2125-06-30T12:00:00.000Z"],
    ["2125-06-30T12:00:00+02:00", "2125-06-30T10:00:00.000Z"],
    ["2125-06-30t12:00:00.5z", "2125-06-30T12:00:00.500Z"],
    ["2125-06-30T12:00:00.123999999Z", "2125-06-30T12:00:00.123Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    ["2016-12-31T23:59:60.25Z", "2017-01-01T00:00:00.250Z"],
    ["0099-03-01T00:00:00Z", "0099-03-01T00:00:00.000Z"],
  ])("%s is read as %s", async (wire, moment) => {
    expect((await read(wire))?.toISOString()).toBe(moment);
  });

  test("null and a missing key mean that the token never expires", async () => {
    expect(await read(null)).toBeNull();
    expect(await read(undefined)).toBeNull();
  });

  test.each([
    ["tomorrow", "a string"],
    ["2125-06-30", "a string"],
    ["2125-06-30T12:00:00", "a string"],
    ["2125-02-30T00:00:00Z", "a string"],
    ["2125-06-30T24:00:00Z", "a string"],
    ["", "a string"],
    [1_910_000_000, "a number"],
    [false, "a boolean"],
    [{}, "an object"],
  ])("%j violates the contract", async (wire, found) => {
    const error = await failure(read(wire));
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({
      operation: "list_access_tokens",
      pointer: "/access_tokens/0/expires_at",
      expected: "an RFC 3339 date-time",
      outcome: "none",
    });
    expect(String(error)).toMatch(new RegExp(`found ${found}$`));
  });
});

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
