import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { root } from "../readme/project.js";

/** The project's own options, which are the strictest. Declaration files of packages are not what is compiled here. */
function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile) as {
    readonly config: { readonly compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  return { ...options, skipLibCheck: true, configFilePath: path.join(root, "tsconfig.json") };
}

/** Source files that no output changes: parsed once for all programs of a process. */
const shared = new Map<string, ts.SourceFile | undefined>();

/**
 * Compiles folders of generated code as one program, under the options of this project.
 *
 * @returns one line for each error, by folder; what is of no folder is an error of each
 */
export function compileFolders(folders: readonly string[]): string[][] {
  const options = readOptions();
  const host = ts.createCompilerHost(options, true);
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    if (folders.some((folder) => file.startsWith(`${folder}/`))) return parse(file, ...rest);
    if (!shared.has(file)) shared.set(file, parse(file, ...rest));
    return shared.get(file);
  };
  const sources = folders.map(sourcesIn);
  const program = ts.createProgram(sources.flat(), options, host);
  const common = program.getOptionsDiagnostics().map(printDiagnostic);
  return sources.map((files) => {
    const own = files.map((file) => program.getSourceFile(file));
    const found = own.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
    // Declarations of files with errors would repeat them.
    const declared =
      found.length > 0 ? [] : own.flatMap((file) => program.getDeclarationDiagnostics(file));
    return [...common, ...[...found, ...declared].map(printDiagnostic)];
  });
}

/** TypeScript files below a folder, with their whole path. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Places in generated code that no review would let pass: `any`, and comments that silence a tool. */
export function suppressionsIn(folder: string): string[] {
  return sourcesIn(folder).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
    const found: number[] = [];
    const visit = (node: ts.Node): void => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(node.end - "any".length);
      ts.forEachChild(node, visit);
    };
    visit(source);
    const silencer = /^\s*(\/\/|\/\*+)\s*(@ts-|biome-ignore|eslint-disable)/gm;
    for (const { index } of source.text.matchAll(silencer)) found.push(index);
    return found.map((start) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      return `${path.relative(folder, file)}:${line + 1} ${source.text.split("\n")[line]?.trim()}`;
    });
  });
}

function printDiagnostic({ file, start, messageText, code }: ts.Diagnostic): string {
  const words = ts.flattenDiagnosticMessageText(messageText, " ");
  const text = `TS${code}: ${words.replace(/\s+/g, " ").slice(0, 300)}`;
  if (file === undefined || start === undefined) return text;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${path.relative(root, file.fileName)}:${line + 1}:${character + 1} ${text}`;
}
