import path from "node:path";
import ts from "typescript";
import { generatedFolder } from "./client.js";

const root: string = path.dirname(generatedFolder);
const probeFile: string = path.join(root, "test", "probe.ts");

/** The sources that are looked at now, and a number that changes with them. */
let sources: ReadonlyMap<string, string> = new Map();
let probe = "";
let version = 0;
let service: ts.LanguageService | undefined;

/**
 * Compiles a program against a generated client, in memory, under the project's own options.
 *
 * @returns what the compiler says, by line of the program, counted from 0
 */
export function complaintsOf(
  generated: ReadonlyMap<string, string>,
  program: string,
): ReadonlyMap<number, string> {
  sources = generated;
  probe = program;
  version += 1;
  service ??= ts.createLanguageService(host());
  const found = service.getSyntacticDiagnostics(probeFile);
  const semantic = service.getSemanticDiagnostics(probeFile);
  return new Map(
    [...found, ...semantic].map(({ start = 0, messageText }) => {
      const line = program.slice(0, start).split("\n").length - 1;
      return [line, ts.flattenDiagnosticMessageText(messageText, "\n")];
    }),
  );
}

/** What the compiler says of one generated file. */
export function complaintOf(
  generated: ReadonlyMap<string, string>,
  file: string,
): string | undefined {
  // The program imports the file, so that the service knows it.
  complaintsOf(
    generated,
    `import ${JSON.stringify(`../generated/${file.replace(/\.ts$/, ".js")}`)};`,
  );
  const name = path.join(generatedFolder, file);
  const [first] = [
    ...(service?.getSyntacticDiagnostics(name) ?? []),
    ...(service?.getSemanticDiagnostics(name) ?? []),
  ];
  return first && ts.flattenDiagnosticMessageText(first.messageText, "\n");
}

/** One service for all programs, so that what does not change, such as the libraries, is read once. */
function host(): ts.LanguageServiceHost {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  return {
    // Unused names are no type errors: a change that only leaves one behind is not refused for that.
    getCompilationSettings: () => ({
      ...options,
      noUnusedLocals: false,
      noUnusedParameters: false,
    }),
    getScriptFileNames: () => [probeFile],
    getScriptVersion: (file) => {
      if (file === probeFile) return String(version);
      const text = generatedText(file);
      return text === undefined ? "0" : (ts.sys.createHash?.(text) ?? String(version));
    },
    getScriptSnapshot: (file) => {
      const text = textOf(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => textOf(file) !== undefined,
    readFile: textOf,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
}

function textOf(file: string): string | undefined {
  if (file === probeFile) return probe;
  return isGenerated(file) ? generatedText(file) : ts.sys.readFile(file);
}

function generatedText(file: string): string | undefined {
  return isGenerated(file) ? sources.get(path.relative(generatedFolder, file)) : undefined;
}

function isGenerated(file: string): boolean {
  return file.startsWith(`${generatedFolder}${path.sep}`);
}
