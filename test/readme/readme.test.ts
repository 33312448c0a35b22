import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { errorTable } from "../../generated/errors.js";
import { type Mock, startMock } from "../../src/mock/index.js";
import { type Block, blocksOfMarkdown, blocksOfSource, placeOf } from "./blocks.js";
import { generateExampleClient } from "./clients.js";
import { commandsOf, faultOf } from "./commands.js";
import { compileBlocks, runBlock } from "./program.js";
import { builtMock, filesBelow, readText, root } from "./project.js";

const guides = [
  "README.md",
  "CONTRIBUTING.md",
  "openapi/README.md",
  "scripts/README.md",
  "src/README.md",
  "src/mock/README.md",
  "test/README.md",
];
const blocks = guides.flatMap((file) => blocksOfMarkdown(file, readText(file)));
const shell = blocks.filter(({ language }) => language === "sh" || language === "yaml");

let mock: Mock;

// Commands call the mock as `npm run mock` starts it, programs one that is theirs alone.
let usual: Mock;

beforeAll(async () => {
  if (!existsSync(builtMock)) await promisify(execFile)("npm", ["run", "build"], { cwd: root });
  mock = await startMock({ rootToken: "readme-token" });
  usual = await startMock();
}, 120_000);

afterAll(() => Promise.all([mock.stop(), usual.stop()]));

describe("code in the guides", () => {
  it("is of a language that a test knows what to do with", () => {
    const known = ["ts", "sh", "yaml", "text", "json"];
    expect(blocks.filter(({ language }) => !known.includes(language)).map(placeOf)).toEqual([]);
  });

  const programs = blocks.filter(({ language }) => language === "ts");

  const ofGenerator = programs.filter(({ file }) => file === "scripts/README.md");

  it("compiles against the package, where it is TypeScript", () => {
    const ofPackage = programs.filter((block) => !ofGenerator.includes(block));
    expect(ofPackage.length).toBeGreaterThan(5);
    expect(compileBlocks(ofPackage)).toEqual([]);
  });

  it("compiles against a generated client, in the generator's guide", async () => {
    expect(ofGenerator.length).toBeGreaterThan(3);
    const { folder, remove } = await generateExampleClient();
    try {
      expect(compileBlocks(ofGenerator, folder)).toEqual([]);
      const [wrong] = compileBlocks(
        ofGenerator.map((one) => ({ ...one, text: one.text.replace("pets.list", "pets.lists") })),
        folder,
      );
      expect(wrong).toContain("'lists' does not exist");
    } finally {
      remove();
    }
  }, 120_000);

  const runnable = programs.filter(({ marks }) => !marks.includes("compile-only"));
  it.each(runnable.map((block) => [placeOf(block), block] as const))(
    "runs %s against the mock",
    async (_, block) => {
      const run = await runBlock(block, {
        S2_ACCESS_TOKEN: "readme-token",
        S2_ACCOUNT_ENDPOINT: mock.url,
      });
      expect(run, run.stderr).toMatchObject({ code: 0, stderr: "" });
      const printed = printedAfter(block);
      if (printed !== undefined) expect(run.stdout.trim()).toBe(printed.text);
    },
  );
});

describe("the table of errors in src/README.md", () => {
  it.each(Object.entries(errorTable.byStatus))(
    "has %s, with its class and its codes",
    (status, { type }) => {
      const codes = Object.entries(errorTable.codes)
        .filter(([, facts]) => facts.status === Number(status))
        .map(([code]) => `\`${code}\``);
      const row = `| ${status} | \`${type.name}\` | ${codes.join(" ")} |`;
      expect(readText("src/README.md")).toContain(row);
    },
  );
});

/** The output that the text shows for a program: the next block, if it is marked as that. */
function printedAfter(block: Block): Block | undefined {
  const next = blocks[blocks.indexOf(block) + 1];
  return next?.marks.includes("output") ? next : undefined;
}

describe.each(guides)("%s", (file) => {
  it("links to files and headings that are there", () => {
    const links = [...readText(file).matchAll(/\]\(([^)]+)\)/g)].map((link) => link[1] ?? "");
    const missing = links.filter((link) => !/^https?:/.test(link)).filter(isBroken);
    expect(missing).toEqual([]);
  });

  function isBroken(link: string): boolean {
    const [to = "", anchor] = link.split("#");
    const target = to === "" ? file : path.posix.join(path.posix.dirname(file), to);
    if (!existsSync(path.join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(readText(target)).includes(anchor);
  }

  it("names only scripts that package.json has", async () => {
    const named = [...readText(file).matchAll(/`(npm run [^`\n]+)`/g)].map((code) => code[1] ?? "");
    const faults = await Promise.all(named.flatMap(commandsOf).map((words) => faultOf(words, "")));
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });
});

/** The anchors that GitHub gives to the headings of a Markdown text. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("commands in the guides", () => {
  it.each(shell.map((block) => [placeOf(block), block] as const))("%s", async (_, block) => {
    const text = block.language === "yaml" ? runsOf(parse(block.text)).join("\n") : block.text;
    for (const words of commandsOf(text)) {
      expect(await faultOf(words, usual.url), words.join(" ")).toBeUndefined();
    }
  });
});

/** The shell commands of a workflow: every string under a key `run`. */
function runsOf(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "run" && typeof value === "string" ? [value] : runsOf(value),
  );
}

describe("examples in doc comments and in the reference", () => {
  // The examples of the control's client are for another client than the one that these blocks know.
  const sources = [...filesBelow("generated", ".ts"), ...filesBelow("src", ".ts")].filter(
    (file) => !file.startsWith("src/mock/control/"),
  );
  const examples = [
    ...sources.flatMap((file) => blocksOfSource(file, readText(file))),
    ...blocksOfMarkdown("generated/API.md", readText("generated/API.md")),
  ].filter(({ language }) => language === "ts");

  it("compile, all of them", () => {
    expect(examples.length).toBeGreaterThan(10);
    expect(compileBlocks(examples)).toEqual([]);
  });
});

describe("these tests", () => {
  const block = (text: string): Block => ({
    language: "ts",
    marks: [],
    text,
    file: "GUIDE.md",
    line: 10,
  });

  it("refuse a block with a wrong name, and say where it is", () => {
    const faults = compileBlocks([
      block("await client.accessTokens.list();"),
      block("\nawait client.accessTokens.lists();"),
      block('import { S3 } from "s2-token-contract";\nnew S3();'),
      block('await client.accessTokens.issue({ id: "a", scope: { opgroups: {} } });'),
      block('await client.accessTokens.issue({ id: "a" });'),
    ]);
    expect(faults).toHaveLength(4);
    expect(faults[0]).toMatch(/^GUIDE\.md:11: Property 'lists' does not exist/);
    expect(faults[1]).toMatch(/^GUIDE\.md:10: .*no exported member .*'S3'/);
    expect(faults[2]).toMatch(/^GUIDE\.md:10: .*'opgroups' does not exist/);
    expect(faults[3]).toMatch(/^GUIDE\.md:10: [\s\S]*"scope"/);
  });

  it("fail on a block that throws", async () => {
    const run = await runBlock(block('await client.accessTokens.revoke({ id: ".." });'), {
      S2_ACCESS_TOKEN: "readme-token",
      S2_ACCOUNT_ENDPOINT: mock.url,
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("accessTokens.revoke: id: expected neither");
  });

  it.each([
    ["npm run nonsense", "no script nonsense"],
    ["npm run generate -- --chek", "knows no --chek"],
    ["npm run generate --check", "come after --"],
    ["npm install something-else", "something-else"],
    ["npm install ../s2-token-contract/clientwright-9.9.9.tgz", "clientwright-9.9.9"],
    ["npm pack -w nonsense", "no workspace nonsense"],
    ["npx clientwright change --form text", "knows no --form"],
    ["node nonsense.js", "no such file"],
    ["npx nonsense", "no tool"],
    ["make", "neither a script"],
    ["export S3_ACCESS_TOKEN=x", "reads S3_ACCESS_TOKEN"],
    ["curl http://127.0.0.1:4010/v1/access-tokens", "answered 401"],
    ["curl -H 'Authorization: Bearer x' http://127.0.0.1:4010/v1/nonsense", "answered 404"],
  ])("refuse %s", async (command, fault) => {
    const [words = []] = commandsOf(command);
    expect(await faultOf(words, usual.url)).toContain(fault);
  });
});
