import { expect, test } from "vitest";
import {
  decodeParcelMovedPayload,
  decodeSendParcelDeliveredPayload,
  PayloadError,
} from "../golden/webhooks/want/index.js";

test("a payload is decoded like a response: checked, with Date", () => {
  const payload = { parcel: { id: "1", place: "van" }, moved_at: "2026-01-01T00:00:00Z" };
  expect(decodeParcelMovedPayload(payload)).toMatchObject({
    parcel: { id: "1", place: "van" },
    movedAt: new Date("2026-01-01T00:00:00Z"),
  });
});

test.each([
  [undefined, "", "an object", "nothing"],
  [{ parcel_id: 1, at: "2026-01-01T00:00:00Z" }, "/parcel_id", "a string", "a number"],
])("%j violates the contract, and the error has a pointer", (payload, pointer, expected, found) => {
  const decode = (): unknown => decodeSendParcelDeliveredPayload(payload);
  expect(decode).toThrow(PayloadError);
  expect(decode).toThrow(
    expect.objectContaining({ webhook: "send_parcel.delivered", pointer, expected }),
  );
  expect(decode).toThrow(`found ${found}`);
});

test("another error in a decoder is not reported as a violation", () => {
  const payload = {
    get parcel(): never {
      throw new RangeError("a getter of the caller");
    },
  };
  expect(() => decodeParcelMovedPayload(payload)).toThrow(RangeError);
});
