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

const changed: Map<string, string> = new Map();
let version = 0;

const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);

/** Where a text lies that is checked as a file of the project. */
const textFile: string = path.join(import.meta.dirname, "text.ts");

const files: readonly string[] = [
  "generated/index.ts",
  "src/index.ts",
  "src/mock/index.ts",
  "test/types/public.test-d.ts",
  "test/types/streamstore.test-d.ts",
].map((file) => path.join(root, file));

/** The language service over the project, with its files as they are changed in memory. */
export const service: ts.LanguageService = ts.createLanguageService({
  // Unused names are no type errors: a mutation that only leaves one behind must not count as refused.
  getCompilationSettings: () => ({
    ...options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    isolatedDeclarations: false,
  }),
  getScriptFileNames: () => [...files, ...(changed.has(textFile) ? [textFile] : [])],
  getScriptVersion: (file) => (changed.has(file) ? `changed ${version}` : "0"),
  getScriptSnapshot: (file) => {
    const text = changed.get(file) ?? ts.sys.readFile(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (file) => changed.has(file) || ts.sys.fileExists(file),
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

/** What the compiler says of a file of the project after mutations, which do not stay. */
export function check(file: string, ...mutations: readonly Mutation[]): readonly string[] {
  version += 1;
  for (const mutation of mutations) {
    const name = path.join(root, mutation.file);
    changed.set(name, mutate(changed.get(name) ?? readFileSync(name, "utf8"), mutation));
  }
  try {
    return complaints(path.join(root, file));
  } finally {
    changed.clear();
  }
}

/** What the compiler says of a text, as if it lay beside this file. */
export function checkText(text: string): readonly string[] {
  return withText(text, complaints);
}

/** Looks at a text as at a file beside this one. */
export function withText<Value>(text: string, look: (file: string) => Value): Value {
  version += 1;
  changed.set(textFile, text);
  try {
    return look(textFile);
  } finally {
    changed.clear();
  }
}

function complaints(file: string): readonly string[] {
  return [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
  );
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
