import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { expect, test } from "vitest";
import { controlRoutes } from "../../src/mock/api/control.js";
import openapi from "../../src/mock/api/control.openapi.json" with { type: "json" };
import { startMock } from "../../src/mock/index.js";

const paths: { readonly [path: string]: { readonly [method: string]: unknown } } = openapi.paths;
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajvFormats.default(ajv);
ajv.addSchema(openapi, "control.json");

/** What is wrong with a body, by the document. */
function problems(path: string, method: string, status: number, body: unknown): unknown {
  const media = "content/application~1json/schema";
  const place = `paths/${path.replaceAll("/", "~1")}/${method}/responses/${status}/${media}`;
  const validate = ajv.compile({ $ref: `control.json#/${place}` });
  return validate(body) ? [] : validate.errors;
}

test("the document has the routes of the control, and no others", () => {
  const served = controlRoutes().flatMap(([path, methods]) =>
    methods.map((method) => `${method} /${path}`),
  );
  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(served.sort());
});

test("every response conforms to the document", async () => {
  await using mock = await startMock({ tokens: [{ id: "seed", scope: { ops: ["read"] } }] });
  const authorization = `Bearer ${mock.controlToken}`;
  await mock.client().accessTokens.list({ prefix: "x" });
  await fetch(`${mock.url}/v1/access-tokens?lmit=x`, {
    headers: { authorization: `Bearer ${mock.rootToken}` },
  });
  const bodies: { readonly [call: string]: unknown } = {
    "PUT /clock": { mode: "fixed", at: "2100-01-01T00:00:00Z" },
    "POST /clock/advance": { milliseconds: 1000 },
    "PUT /faults": { faults: [{ fault: "latency:1", times: 2 }, { fault: "reset" }] },
    "PUT /state": { tokens: [{ id: "a", scope: { ops: ["read"] } }] },
  };
  const seen: string[] = [];
  for (const [path, item] of Object.entries(paths)) {
    for (const method of Object.keys(item)) {
      const call = `${method.toUpperCase()} ${path}`;
      const init = { method: method.toUpperCase(), headers: { authorization } };
      const given = bodies[call];
      const response = await fetch(`${mock.url}/__mock${path}`, {
        ...init,
        ...(given !== undefined && { body: JSON.stringify(given) }),
      });
      seen.push(`${call} ${response.status}`);
      if (response.headers.get("content-type") === "text/event-stream") {
        // It has no end.
        await response.body?.cancel();
        continue;
      }
      const text = await response.text();
      if (response.status !== 204) {
        expect(
          problems(path, method, response.status, JSON.parse(text)),
          `${call} ${text}`,
        ).toEqual([]);
      } else expect(text).toBe("");
      const responses: object = Object(Object(item)[method]).responses;
      expect(Object.keys(responses), call).toContain(String(response.status));
    }
  }
  expect(seen.filter((one) => !/ 20[04]$/.test(one))).toEqual([]);
  const refused = await fetch(`${mock.url}/__mock/state`);
  expect(refused.status).toBe(401);
  const error = ajv.compile({ $ref: "control.json#/components/schemas/Error" });
  expect(error(await refused.json())).toBe(true);
});

test("the document needs no token, and contains none", async () => {
  await using mock = await startMock();
  const response = await fetch(`${mock.url}/__mock/openapi.json`);
  expect(await response.json()).toEqual(openapi);
});

test("the clock advances from its time, and keeps its mode", async () => {
  await using mock = await startMock({ clock: { mode: "fixed", at: "2100-01-01T00:00:00Z" } });
  const advance = async (milliseconds: unknown, session: string): Promise<string> => {
    const response = await fetch(`${mock.url}/__mock/clock/advance`, {
      method: "POST",
      headers: { authorization: `Bearer ${mock.controlToken}`, "mock-session": session },
      body: JSON.stringify({ milliseconds }),
    });
    const { mode, now, code }: Record<string, string> = await response.json();
    return code === undefined ? `${mode} ${now}` : `${response.status} ${code}`;
  };
  expect(await advance(90_000, "a")).toBe("fixed 2100-01-01T00:01:30.000Z");
  expect(await advance(-30_000, "a")).toBe("fixed 2100-01-01T00:01:00.000Z");
  mock.session("a").setClock({ mode: "offset", milliseconds: 3_600_000 });
  mock.session("a").advanceClock(1000);
  expect(mock.session("a").now().getTime() - Date.now()).toBeGreaterThan(3_600_000);
  mock.session("a").setClock({ mode: "real" });
  expect(await advance(60_000, "a")).toMatch(/^offset /);
  for (const bad of ["1", 0.5, 1e300, null]) {
    expect(await advance(bad, "b")).toBe("400 mock_bad_control");
  }
});

test("sessions are listed, and each has a verdict", async () => {
  await using mock = await startMock();
  await mock.client({ session: "one" }).accessTokens.list();
  const headers = { authorization: `Bearer ${mock.controlToken}` };
  const get = async (path: string): Promise<unknown> =>
    (await fetch(`${mock.url}/__mock/${path}`, { headers })).json();
  expect(await get("sessions")).toMatchObject({
    sessions: [
      { name: "default", tokens: 0, requests: 0 },
      { name: "one", tokens: 0, requests: 1 },
    ],
  });
  expect(await get("verdict?session=one")).toMatchObject({ shares: { operations: { seen: 1 } } });
  expect(await get("verdict?session=default")).toMatchObject({
    shares: { operations: { seen: 0 } },
  });
  expect(await get("verdict?session=none")).toMatchObject({ code: "mock_bad_control" });
  expect(await get("sessions")).toMatchObject({ sessions: [{}, {}] });
});
