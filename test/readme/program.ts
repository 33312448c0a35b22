import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { type Block, placeOf } from "./blocks.js";
import { builtMock, entrySources, root } from "./project.js";

/**
 * The block as a module. What the text around it has made goes before it on the same line, so that lines keep their
 * numbers: a client in a guide, and in a doc comment also the class that it stands over.
 */
function programOf({ file, text }: Block): string {
  const makesClient = /\bclient\s*=/.test(text);
  const importsClass = /import\b[^;]*\bS2\b/.test(text) || !file.endsWith(".ts");
  const prelude = [
    "export {};",
    importsClass ? "" : 'import { S2 } from "s2-token-contract"; void S2;',
    makesClient || !/\bclient\b/.test(text)
      ? ""
      : 'import { S2 as Client } from "s2-token-contract"; const client = new Client();',
  ];
  return `${prelude.join(" ")} ${text}\n`;
}

/**
 * Type-checks blocks as strictly as the project's own code.
 *
 * @param folder - the folder that relative imports start from
 * @returns a line for each error
 */
export function compileBlocks(
  blocks: readonly Block[],
  folder: string = path.join(root, "test", "readme"),
): string[] {
  const sources = new Map(
    blocks.map((block, index) => [
      path.join(folder, `block-${index}.ts`),
      { block, text: programOf(block) },
    ]),
  );
  const options: ts.CompilerOptions = {
    ...projectOptions(),
    noEmit: true,
    // An example may name a result that it does not go on to use, and declares nothing for others.
    noUnusedLocals: false,
    declaration: false,
    isolatedDeclarations: false,
    paths: Object.fromEntries(
      Object.entries(entrySources).map(([name, source]) => [name, [source]]),
    ),
  };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...sources.keys()], options, {
    ...host,
    fileExists: (file) => sources.has(path.normalize(file)) || host.fileExists(file),
    readFile: (file) => sources.get(path.normalize(file))?.text ?? host.readFile(file),
    getSourceFile: (file, ...rest) => {
      const text = sources.get(path.normalize(file))?.text;
      return text === undefined
        ? host.getSourceFile(file, ...rest)
        : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    },
  });
  const ofOptions = program
    .getOptionsDiagnostics()
    .map(({ messageText }) => messageOf(messageText));
  // Only the blocks are checked: what they import has been, by the type check of the project.
  const ofBlocks = [...sources].flatMap(([name, { block }]) => {
    const file = program.getSourceFile(name);
    if (file === undefined) throw new Error(`${placeOf(block)} was not compiled`);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start = 0, messageText }) => {
        const line = block.line + file.getLineAndCharacterOfPosition(start).line;
        return `${block.file}:${line}: ${messageOf(messageText)}`;
      },
    );
  });
  return [...ofOptions, ...ofBlocks];
}

function messageOf(text: string | ts.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(text, "\n");
}

/** What a block did when it ran. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a block in a process of its own, with these variables in its environment. */
export async function runBlock(
  block: Block,
  environment: Readonly<Record<string, string>>,
): Promise<Run> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "s2-token-contract-readme-"));
  try {
    const outfile = path.join(folder, "block.mjs");
    await build({
      stdin: {
        contents: programOf(block),
        loader: "ts",
        resolveDir: root,
        sourcefile: placeOf(block),
      },
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      alias: { ...entrySources, "s2-token-contract/mock": builtMock },
      external: [builtMock],
      outfile,
      logLevel: "silent",
    });
    return await runNode(outfile, environment);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a file with Node, with these variables in its environment. */
export function runNode(file: string, environment: Readonly<Record<string, string>>): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file], { env: { ...process.env, ...environment } });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

function projectOptions(): ts.CompilerOptions {
  const file = path.join(root, "tsconfig.json");
  const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
  if (error !== undefined) throw new Error(messageOf(error.messageText));
  return ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root)
    .options;
}
