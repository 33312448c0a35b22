import { describe, expect, test } from "vitest";
import { ConflictError, settle, TransportError } from "../../src/index.js";
import { failure, json, rig } from "./harness.js";

const request = { id: "a", scope: { ops: ["read"] } } as const;

describe("settle returns", () => {
  test("the value of a successful call", async () => {
    const { client } = rig(() => json(201, { access_token: "issued-secret" }));
    expect(await settle(client.accessTokens.issue(request))).toEqual({
      ok: true,
      value: { accessToken: "issued-secret" },
    });
  });

  test("the error of a call that the server rejects", async () => {
    const body = { code: "resource_already_exists", message: "Taken." };
    const result = await settle(rig(() => json(409, body)).client.accessTokens.issue(request));
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error).toBeInstanceOf(ConflictError);
    expect(result.error.code).toBe("resource_already_exists");
  });

  test("the error with a code that is not in the contract, unchanged", async () => {
    const result = await settle(
      rig(() => json(409, { code: "brand_new", message: "No." })).client.accessTokens.list(),
    );
    expect(result).toMatchObject({
      ok: false,
      error: { code: "brand_new", name: "ConflictError" },
    });
  });

  test("the error of a call without a response, whose code is undefined", async () => {
    const result = await settle(
      rig(() => Promise.reject(new Error("reset"))).client.accessTokens.list(),
    );
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error).toBeInstanceOf(TransportError);
    expect(result.error.code).toBeUndefined();
  });
});

describe("settle throws", () => {
  test("the TypeError for wrong input", async () => {
    const { client } = rig(() => json(200, {}));
    const error = await failure(settle(client.accessTokens.revoke({ id: "" })));
    expect(error).toBeInstanceOf(TypeError);
  });

  test("the reason of an abort", async () => {
    const { client } = rig(() => json(200, {}));
    const call = client.accessTokens.list({}, { signal: AbortSignal.abort("enough") });
    expect(await failure(settle(call))).toBe("enough");
  });
});
