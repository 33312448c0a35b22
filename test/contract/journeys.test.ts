import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { S2 } from "../../src/index.js";
import { startMock } from "../../src/mock/index.js";
import { journeys } from "./journeys/client.js";
import { respect } from "./journeys/respect.js";
import { contractFile } from "./read-document.js";

const file = contractFile("journeys.arazzo.yaml");
const text = readFileSync(file, "utf8");
// The linter holds the file to this shape.
const { workflows } = parse(text) as {
  readonly workflows: readonly {
    readonly workflowId: string;
    readonly steps: readonly { readonly stepId: string }[];
  }[];
};
const folder = mkdtempSync(join(tmpdir(), "journeys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("redocly respect", () => {
  test("makes every journey against the mock, with no step left out", async () => {
    const run = await respect(file);
    const steps = workflows.flatMap((workflow) => workflow.steps).length;
    expect(run.text).toContain(`Workflows: ${workflows.length} passed, ${workflows.length} total`);
    expect(run.text).toContain(`Steps: ${steps} passed, ${steps} total`);
    expect(run.code).toBe(0);
    // The one more is the try that came before the expiry.
    expect(run.requests).toHaveLength(steps + 1);
    expect(run.left).toEqual([]);
  });

  test("fails at each expectation that is wrong", async () => {
    const wrong = [
      ["lifecycle", "$statusCode == 404", "$statusCode == 204"],
      ["expiry", "id == 'journey-expiry'", "id == 'journey-expired'"],
      ["escalation", "$response.body#/code == 'permission_denied'", "$statusCode == 201"],
      ["pagination", "id == 'journey-pages-d'", "id == 'journey-pages-e'"],
      ["duplicate", "$statusCode == 409", "$statusCode == 201"],
    ] as const;
    const parts = text.split(/(?=^ {2}- workflowId: )/m);
    const broken = parts.map((part) => {
      const [, right, instead] = wrong.find(([id]) => part.includes(`workflowId: ${id}`)) ?? [];
      if (right === undefined) return part;
      expect(part).toContain(right);
      return part.replace(right, () => instead ?? "");
    });
    expect(broken.filter((part, index) => part !== parts[index])).toHaveLength(wrong.length);
    const copy = join(folder, "wrong.arazzo.yaml");
    writeFileSync(copy, broken.join("").replace("./openapi.yaml", contractFile("openapi.yaml")));
    const run = await respect(copy);
    expect(run.code).toBe(1);
    expect(run.text).toContain(`Workflows: ${wrong.length} failed, ${workflows.length} total`);
    for (const [, , instead] of wrong) expect(run.text).toContain(instead);
  });
});

describe("the generated client", () => {
  test("makes the same journeys", () => {
    expect(Object.keys(journeys)).toEqual(workflows.map(({ workflowId }) => workflowId));
  });

  test.each(Object.entries(journeys))("%s", async (_, journey) => {
    const mock = await startMock({ clock: { mode: "fixed", at: "2100-01-01T00:00:00Z" } });
    try {
      const as = (accessToken: string): S2 =>
        new S2({ accessToken, endpoint: mock.url, retry: false });
      const expiry = new Date("2100-01-01T01:00:00Z");
      await journey({
        root: as(mock.rootToken),
        as,
        expiry,
        untilExpiry: async () => mock.setClock({ mode: "fixed", at: expiry.toISOString() }),
      });
      expect(mock.tokens()).toEqual([]);
    } finally {
      await mock.stop();
    }
  });
});
