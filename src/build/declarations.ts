/**
 * Writes the declarations of a module, and of all that they import by a relative path, below `dist/`:
 * `declarations.ts src/mock/index.ts`. Every export has a written type (`isolatedDeclarations`), so this reads each file
 * alone and checks none: `npm run typecheck` does.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "..", "..");

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  isolatedDeclarations: true,
  verbatimModuleSyntax: true,
  declaration: true,
};

/** The modules that declarations import by a relative path, JSON aside. */
function importsOf(file: string, text: string): string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith(".") && name.endsWith(".js"))
    .map((name) => path.join(path.dirname(file), name.replace(/\.js$/, ".ts")));
}

const waiting = process.argv.slice(2).map((file) => path.join(root, file));
const seen = new Set(waiting);
for (const file of waiting) {
  const text = readFileSync(file, "utf8");
  const target = path.join(root, "dist", path.relative(root, file).replace(/\.ts$/, ".d.ts"));
  const { outputText, diagnostics } = ts.transpileDeclaration(text, {
    fileName: file,
    compilerOptions,
    reportDiagnostics: true,
  });
  const [first] = diagnostics ?? [];
  if (first !== undefined) {
    throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(first.messageText, "\n")}`);
  }
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, outputText);
  for (const other of importsOf(file, outputText)) {
    if (!seen.has(other)) waiting.push(other);
    seen.add(other);
  }
}
