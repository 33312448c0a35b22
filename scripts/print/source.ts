import {
  Project,
  type SourceFileStructure,
  type StatementStructures,
  StructureKind,
} from "ts-morph";
import type { Imports } from "./imports.js";

/** A file that the generator writes; `path` is relative to the output folder, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** What all emitters need to know of the run. */
export interface EmitContext {
  /** First lines of every file. */
  readonly header: string;
  /** Specifier of a runtime module for a file that lies `depth` folders below the output folder. */
  readonly runtime: (module: string, depth: number) => string;
}

/** One for all files: to make a project takes longer than to print a file. */
const project = new Project({
  useInMemoryFileSystem: true,
  manipulationSettings: { useTrailingCommas: true },
});

/** Prints one TypeScript file from a structure, in one go: changing a printed tree is many times slower. */
export function printSource(
  context: EmitContext,
  path: string,
  imports: Imports,
  statements: readonly (StatementStructures | string)[],
): OutputFile {
  const structure: Omit<SourceFileStructure, "kind"> = {
    statements: [
      context.header,
      ...imports.structures(identifiersOf(statements)),
      ...statements.map(spaced),
    ],
  };
  const file = project.createSourceFile(path, structure, { overwrite: true });
  const text = file.getFullText();
  file.forget();
  return { path, text };
}

/** Every identifier that statements print; their comments import nothing. */
function identifiersOf(statements: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === "string") {
      for (const [name] of value.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)) found.add(name);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) if (key !== "docs") visit(member);
    }
  };
  visit(statements);
  return found;
}

/** ts-morph puts no blank line before types and constants. */
function spaced(statement: StatementStructures | string): StatementStructures | string {
  const isTight =
    typeof statement !== "string" &&
    (statement.kind === StructureKind.TypeAlias ||
      statement.kind === StructureKind.VariableStatement);
  return isTight ? { leadingTrivia: "\n", ...statement } : statement;
}
