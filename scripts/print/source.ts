import type { Imports } from "./imports.js";
import { printStatements, type StatementStructures } from "./structure.js";

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

/** Prints one TypeScript file. */
export function printSource(
  context: EmitContext,
  path: string,
  imports: Imports,
  statements: readonly (StatementStructures | string)[],
): OutputFile {
  const declared = imports.structures(identifiersOf(statements));
  return { path, text: printStatements([context.header, ...declared, ...statements]) };
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
