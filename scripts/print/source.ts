import {
  type CodeBlockWriter,
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

/** A file before formatting. It is printed only if it cannot be reused from an earlier run. */
export interface Draft extends OutputFile {
  /** The source that determines the text. Default: the text itself. */
  readonly source?: string;
  /** Whether reading the text prints it, which takes time. */
  readonly isStructure?: boolean;
  /** The formatted text of an earlier run. */
  readonly formatted?: string;
}

/** Settings of a run that all emitters share. */
export interface EmitContext {
  /** Comment at the top of every file. */
  readonly header: string;
  /** Import specifier of a runtime module, for a file that is `depth` folders below the output folder. */
  readonly runtime: (module: string, depth: number) => string;
}

/** Shared by all files: creating a project takes longer than printing a file. */
const project = new Project({
  useInMemoryFileSystem: true,
  manipulationSettings: { useTrailingCommas: true },
});

/** Prints a TypeScript file from one structure. Editing a printed tree would be many times slower. */
export function printSource(
  context: EmitContext,
  path: string,
  imports: Imports,
  statements: readonly (StatementStructures | string)[],
): Draft {
  const imported = imports.structures(identifiersOf(statements));
  const structure: Omit<SourceFileStructure, "kind"> = {
    statements: [
      context.header,
      ...imported,
      ...statements.map((one, index) => spaced(one, index === 0 && imported.length > 0)),
    ],
  };
  let printed: string | undefined;
  return {
    path,
    source: JSON.stringify(structure, plain),
    isStructure: true,
    get text() {
      printed ??= print(structure);
      return printed;
    },
  };
}

/** Prints a structure with ts-morph. */
function print(structure: Omit<SourceFileStructure, "kind">): string {
  const trailingTrivia = (writer: CodeBlockWriter): never => {
    throw new Printed(writer.toString());
  };
  try {
    return project.createSourceFile("printed.ts", { ...structure, trailingTrivia }).getFullText();
  } catch (error) {
    if (error instanceof Printed) return error.text;
    throw error;
  }
}

/**
 * Carries the text out of ts-morph once it is complete. ts-morph would parse it next, which takes as long as printing it,
 * and nothing reads the tree.
 */
class Printed extends Error {
  readonly text: string;

  constructor(text: string) {
    super("a structure is printed");
    this.text = text;
  }
}

/** JSON would omit functions, so that different structures could look the same. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === "function") throw new TypeError("a structure is plain data");
  return value;
}

/** Every identifier in the statements, doc comments aside: an identifier in a comment needs no import. */
export function identifiersOf(statements: unknown): Set<string> {
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

/** Adds the blank line that ts-morph leaves out before types and constants, and between imports and exports. */
function spaced(
  statement: StatementStructures | string,
  isAfterImports: boolean,
): StatementStructures | string {
  const isTight =
    typeof statement !== "string" &&
    (statement.kind === StructureKind.TypeAlias ||
      statement.kind === StructureKind.VariableStatement ||
      (statement.kind === StructureKind.ExportDeclaration && isAfterImports));
  return isTight ? { leadingTrivia: "\n", ...statement } : statement;
}
