/**
 * What the official TypeScript client does otherwise than the client of this package: facts that those who move from
 * one to the other, or read a log of the mock, should know. A row that no longer holds after an update is to go.
 */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import * as theirs from "@s2-dev/streamstore";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as ours from "../../src/index.js";
import { type Mock, startMock } from "../../src/mock/index.js";

/** Each request as the mock recorded it: method, path and status. */
const wire: string[] = [];
let mock: Mock;
beforeAll(async () => {
  mock = await startMock({
    onRequest: ({ method, path, status }) => wire.push(`${method} ${path} ${status}`),
  });
});
beforeEach(() => {
  mock.reset();
  wire.length = 0;
});
afterAll(() => mock?.stop());

interface Clients {
  readonly their: theirs.S2;
  readonly our: ours.S2;
}

function clientsOf(origin: string): Clients {
  const accessToken = mock.rootToken;
  return {
    their: new theirs.S2({
      accessToken,
      endpoints: { account: origin },
      retry: { minBaseDelayMillis: 1, maxBaseDelayMillis: 1 },
    }),
    our: new ours.S2({ accessToken, endpoint: origin, retry: { baseDelay: 1, maxDelay: 1 } }),
  };
}

/** Runs with a server of its own, given by how it answers. */
async function against(
  answer: RequestListener,
  run: (clients: Clients) => Promise<void>,
): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    // A server that listens on a port has an address of this form.
    await run(clientsOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const issue = { id: "a", scope: { ops: ["read" as const] } };

describe("ids that URLs normalise away", () => {
  test.each([
    ["..", "DELETE /v1/"],
    [".", "DELETE /v1/access-tokens/"],
    ["", "DELETE /v1/access-tokens/"],
  ])("revoke of %j is sent to another path, and a 204 is taken for success", async (id, sent) => {
    const requests: string[] = [];
    await against(
      (request, response) => {
        requests.push(`${request.method} ${request.url}`);
        response.writeHead(204).end();
      },
      async ({ their, our }) => {
        expect(await their.accessTokens.revoke({ id })).toBeUndefined();
        expect(requests).toEqual([sent]);
        await expect(our.accessTokens.revoke({ id })).rejects.toThrow(TypeError);
        expect(requests).toHaveLength(1);
      },
    );
  });

  test("the mock answers such a revoke with no success, so that it is noticed", async () => {
    const { their } = clientsOf(mock.url);
    await expect(their.accessTokens.revoke({ id: ".." })).rejects.toMatchObject({ status: 404 });
    await expect(their.accessTokens.revoke({ id: "." })).rejects.toMatchObject({ status: 400 });
    expect(wire).toEqual(["DELETE /v1/ 404", "DELETE /v1/access-tokens/ 400"]);
  });
});

test("an issue whose answer is lost is sent again, and its secret is gone", async () => {
  let lost = 0;
  /** Hands everything to the mock, and drops the answer of each first issue. */
  const lossy: RequestListener = (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    request.once("end", () => {
      fetch(`${mock.url}${request.url}`, {
        method: "POST",
        headers: {
          authorization: request.headers.authorization ?? "",
          "content-type": "application/json",
        },
        body,
      })
        .then(async (answer) => {
          if (answer.status === 201) {
            lost += 1;
            request.socket.destroy();
          } else {
            response.writeHead(answer.status, { "content-type": "application/json" });
            response.end(await answer.text());
          }
        })
        .catch((error: Error) => response.destroy(error));
    });
  };
  await against(lossy, async ({ their, our }) => {
    await expect(their.accessTokens.issue(issue)).rejects.toMatchObject({
      status: 409,
      code: "resource_already_exists",
    });
    expect(wire).toEqual(["POST /v1/access-tokens 201", "POST /v1/access-tokens 409"]);
    mock.reset();
    await expect(our.accessTokens.issue(issue)).rejects.toMatchObject({
      name: "TransportError",
      outcome: "unknown",
    });
    expect(wire.slice(2)).toEqual(["POST /v1/access-tokens 201"]);
  });
  expect(lost).toBe(2);
});

test("how long to wait is not heeded where a server says so", async () => {
  let requests = 0;
  await against(
    (_request, response) => {
      requests += 1;
      // Longer than a whole call may take: there is no sense in another attempt.
      response.writeHead(429, { "content-type": "application/json", "retry-after-ms": "600000" });
      response.end('{"code":"rate_limited","message":"Slow down"}');
    },
    async ({ their, our }) => {
      await expect(their.accessTokens.list()).rejects.toMatchObject({ status: 429 });
      expect(requests).toBe(3);
      await expect(our.accessTokens.list()).rejects.toThrow(ours.TooManyRequestsError);
      expect(requests).toBe(4);
    },
  );
});

describe("answers that break the contract", () => {
  const answering =
    (body: object): RequestListener =>
    (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
  const info = { id: "a", scope: {}, auto_prefix_streams: false };

  test("a missing member is an error of JavaScript, without a word of the call", async () => {
    await against(answering({ has_more: false }), async ({ their, our }) => {
      await expect(their.accessTokens.list()).rejects.toThrow(/^Cannot read properties/);
      await expect(our.accessTokens.list()).rejects.toThrow(ours.ContractError);
    });
  });

  test("a date that is none passes", async () => {
    const body = { access_tokens: [{ ...info, expires_at: "soon" }], has_more: false };
    await against(answering(body), async ({ their, our }) => {
      const { accessTokens } = await their.accessTokens.list();
      expect(accessTokens[0]?.expiresAt?.getTime()).toBeNaN();
      await expect(our.accessTokens.list()).rejects.toThrow(ours.ContractError);
    });
  });

  test("a page that comes again is walked again, without an end", async () => {
    await against(answering({ access_tokens: [info], has_more: true }), async ({ their, our }) => {
      let walked = 0;
      for await (const _ of their.accessTokens.listAll()) {
        walked += 1;
        if (walked === 50) break;
      }
      expect(walked).toBe(50);
      const walk = async (): Promise<void> => {
        for await (const _ of our.accessTokens.listAll());
      };
      await expect(walk()).rejects.toThrow(ours.ContractError);
    });
  });
});
