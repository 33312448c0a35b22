/**
 * Platforms that send a POST again by themselves, below the client. That they do not is seen on the platforms alone
 * (test/runtimes); here is what the client does about it where it can.
 */
import { afterEach, describe, expect, test } from "vitest";
import { S2 } from "../../src/index.js";
import { canary, json, listen, rig } from "./harness.js";

const input = { id: "ü", scope: { ops: ["read"] } } as const;

/** The global object by which programs tell that they run in Deno. */
const pretendDeno = (): boolean => Reflect.set(globalThis, "Deno", {});

afterEach(() => {
  Reflect.deleteProperty(globalThis, "Deno");
});

/** How an `issue` arrives, after one attempt that the server asked to make again. */
async function arrives(
  prepare: (client: S2) => void = () => {},
): Promise<{ lengths: string[]; codings: string[]; bodies: string[] }> {
  const seen = { lengths: [] as string[], codings: [] as string[], bodies: [] as string[] };
  const server = await listen((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.once("end", () => {
      seen.lengths.push(request.headers["content-length"] ?? "none");
      seen.codings.push(request.headers["transfer-encoding"] ?? "none");
      seen.bodies.push(body);
      const isFirst = seen.bodies.length === 1;
      response.writeHead(isFirst ? 429 : 201, {
        "content-type": "application/json",
        "retry-after-ms": "0",
      });
      response.end(
        isFirst ? '{"code":"rate_limited","message":"later"}' : '{"access_token":"secret"}',
      );
    });
  });
  try {
    const client = new S2({ accessToken: canary, endpoint: server.origin });
    prepare(client);
    await client.accessTokens.issue(input);
    return seen;
  } finally {
    await server.close();
  }
}

const sent = '{"id":"ü","scope":{"ops":["read"]}}';

describe("the body of an issue", () => {
  test("is a string of known length in every attempt", async () => {
    const length = String(new TextEncoder().encode(sent).length);
    expect(await arrives()).toEqual({
      lengths: [length, length],
      codings: ["none", "none"],
      bodies: [sent, sent],
    });
  });

  test.each<[string, (client: S2) => void]>([
    ["", () => {}],
    [", with middleware", ({ raw }) => raw.use({ onRequest: () => undefined })],
  ])("is a stream in Deno%s, and whole on every attempt", async (_, prepare) => {
    pretendDeno();
    expect(await arrives(prepare)).toEqual({
      lengths: ["none", "none"],
      codings: ["chunked", "chunked"],
      bodies: [sent, sent],
    });
  });
});

test("a request without a body is unchanged in Deno", async () => {
  pretendDeno();
  const bodies: unknown[] = [];
  const { client } = rig((request) => {
    bodies.push(request.body);
    return new Response(null, { status: 204 });
  });
  await client.accessTokens.revoke({ id: "a" });
  expect(bodies).toEqual([null]);
});

test("options of a request are kept in Deno", async () => {
  pretendDeno();
  const redirects: string[] = [];
  const { client, seen } = rig((request) => {
    redirects.push(request.redirect);
    return json(201, { access_token: "secret" });
  });
  await client.accessTokens.issue(input, { headers: { "x-trace": "1" } });
  expect(redirects).toEqual(["manual"]);
  expect(seen[0]).toMatchObject({ method: "POST", body: sent });
  expect(seen[0]?.headers.get("authorization")).toBe(`Bearer ${canary}`);
  expect(seen[0]?.headers.get("x-trace")).toBe("1");
});
