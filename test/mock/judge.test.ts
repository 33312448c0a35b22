import { beforeAll, expect, test } from "vitest";
import bundled from "../../generated/openapi.json" with { type: "json" };
import { readTarget, type Target } from "../../src/mock/api/target.js";
import { type LoadedDocument, loadDocument } from "../../src/mock/engine/engine.js";
import { type EngineRequest, violationsOf } from "../../src/mock/engine/request.js";
import { Refusal } from "../../src/mock/state/refusal.js";
import { parseBody } from "../../src/mock/transport/request-body.js";
import { randomRequest } from "./fuzz-requests.js";

/** More of them find more: `FUZZ_COUNT=100000 npx vitest run test/mock/judge.test.ts`. */
const count = Number(process.env["FUZZ_COUNT"] ?? 1500);

let loaded: LoadedDocument;
beforeAll(async () => {
  loaded = await loadDocument(bundled);
});

/** A request of the fuzz, as the engine gets it; undefined where it does not get that far. */
function requestOf(seed: number): EngineRequest | undefined {
  const { method, path: sent, headers, body } = randomRequest(seed);
  let target: Target;
  try {
    // As it is on the wire.
    target = readTarget(Buffer.from(sent, "latin1").toString("latin1"));
  } catch {
    return undefined;
  }
  const bytes = Buffer.from(body, "latin1");
  const { value, malformed } = parseBody(bytes, headers["content-type"]);
  return {
    method: method === "HEAD" ? "get" : method.toLowerCase(),
    path: target.path.replace(/^\/v1(?=\/)/, ""),
    query: target.query,
    headers: { ...headers, "content-length": String(bytes.length) },
    body: value,
    malformed,
  };
}

test("the fast check accepts what Prism accepts, and has the same routes", async () => {
  const judge = await loaded.judge();
  const differences: unknown[] = [];
  const seen = { plain: 0, lost: 0, judged: 0 };
  for (let seed = 0; seed < count; seed += 1) {
    const request = requestOf(seed);
    if (request === undefined) continue;
    const { method, path } = request;
    const meant = loaded.routes.only(method, path);
    const isPlain =
      meant !== undefined &&
      violationsOf(meant, request).length === 0 &&
      loaded.isPlainlyValid(meant, request);
    const isLost = loaded.routes.at(path).length === 0;
    seen[isPlain ? "plain" : isLost ? "lost" : "judged"] += 1;
    if (!isPlain && !isLost) continue;
    const word = await judge.check(request).catch((error: unknown) => {
      if (error instanceof Refusal) return error;
      throw error;
    });
    const agrees = isPlain
      ? !(word instanceof Refusal) &&
        word.method === meant.method &&
        word.path === meant.path &&
        word.diagnostics.length === 0
      : word instanceof Refusal && word.status === 404;
    if (!agrees) differences.push({ seed, request, word });
  }
  expect(differences).toEqual([]);
  // The requests of the fuzz are of all three kinds.
  expect(Math.min(...Object.values(seen)) / count, JSON.stringify(seen)).toBeGreaterThan(0.05);
});
