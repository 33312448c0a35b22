import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { root } from "./project.js";

const golden = path.join(root, "test", "golden");

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
}

/** Names that a file exports from other modules. */
function exportedBy(file: string): Set<string> {
  const names = parse(file).statements.flatMap((statement) => {
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    return clause !== undefined && ts.isNamedExports(clause)
      ? clause.elements.map(({ name }) => name.text)
      : [];
  });
  return new Set(names);
}

/** Names that a file imports or passes on from the runtime. */
function takenFromRuntime(file: string): string[] {
  return parse(file).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const from = statement.moduleSpecifier;
    const isRuntime =
      from !== undefined && ts.isStringLiteral(from) && from.text.includes("/src/runtime/");
    if (!isRuntime) return [];
    const clause = ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : statement.exportClause;
    if (clause === undefined || ts.isNamespaceImport(clause) || ts.isNamespaceExport(clause)) {
      throw new Error(`${file} takes all of the runtime`);
    }
    return clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
  });
}

test("the runtime's entry exports all that any generated client takes from it", () => {
  const files = readdirSync(golden, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\bwant\b.*\.ts$/.test(file),
  );
  const taken = new Set(files.flatMap((file) => takenFromRuntime(path.join(golden, file))));
  expect(taken.size).toBeGreaterThan(80);
  const exported = exportedBy(path.join(root, "src", "runtime", "v1.ts"));
  expect([...taken].filter((name) => !exported.has(name))).toEqual([]);
});
