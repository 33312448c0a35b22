/** Type-checks the project's files with some of them changed in memory. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** A change to one file: text that occurs in it exactly once, and what stands there instead. */
export interface Mutation {
  /** Path from the root of the project. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** What the compiler says of one file. */
export interface Complaint {
  readonly code: number;
  readonly text: string;
}

/** A program over some files of the project, which can be changed in memory and checked again. */
export class Overlay {
  readonly #service: ts.LanguageService;
  readonly #changed: Map<string, string> = new Map();
  #version = 0;

  /** @param files - paths from the root of the project; what they import comes along */
  constructor(files: readonly string[]) {
    const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(
      { ...config, include: [], files },
      ts.sys,
      root,
    );
    const absolute = files.map((file) => path.join(root, file));
    this.#service = ts.createLanguageService({
      // Unused names are no type errors: a mutation that only leaves one behind must not count as refused.
      getCompilationSettings: () => ({
        ...options,
        noUnusedLocals: false,
        noUnusedParameters: false,
      }),
      getScriptFileNames: () => absolute,
      getScriptVersion: (file) => (this.#changed.has(file) ? `changed ${this.#version}` : "0"),
      getScriptSnapshot: (file) => {
        const text = this.#changed.get(file) ?? ts.sys.readFile(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
    });
  }

  /** Checks `file`, after the mutations, which do not stay. */
  check(file: string, ...mutations: readonly Mutation[]): readonly Complaint[] {
    this.#version += 1;
    for (const mutation of mutations) {
      const name = path.join(root, mutation.file);
      this.#changed.set(
        name,
        mutate(this.#changed.get(name) ?? readFileSync(name, "utf8"), mutation),
      );
    }
    try {
      const name = path.join(root, file);
      return [
        ...this.#service.getSyntacticDiagnostics(name),
        ...this.#service.getSemanticDiagnostics(name),
      ].map(({ code, messageText }) => ({
        code,
        text: ts.flattenDiagnosticMessageText(messageText, "\n"),
      }));
    } finally {
      this.#changed.clear();
    }
  }
}

/** The text after a mutation; one that finds nothing, or finds it twice, would prove nothing. */
function mutate(text: string, { file, find, replace }: Mutation): string {
  const parts = text.split(find);
  if (parts.length !== 2) {
    throw new Error(
      `${file}: expected ${JSON.stringify(find)} once, found it ${parts.length - 1} times`,
    );
  }
  const mutated = parts.join(replace);
  if (mutated === text) throw new Error(`${file}: the mutation changes nothing`);
  return mutated;
}
