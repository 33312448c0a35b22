import { type ImportDeclarationStructure, StructureKind } from "ts-morph";
import { compareModules, compareNames } from "./module-order.js";

/** Collects the imports of a generated file while it is printed. */
export class Imports {
  readonly #defaults = new Map<string, string>();
  readonly #names = new Map<string, Map<string, boolean>>();

  /** Imports a value and returns its name. */
  value(name: string, from: string): string {
    return this.#add(name, from, false);
  }

  /** Imports a type and returns its name. */
  type(name: string, from: string): string {
    return this.#add(name, from, true);
  }

  /** Imports a module's default export under a name and returns it. */
  default(name: string, from: string): string {
    this.#defaults.set(from, name);
    if (!this.#names.has(from)) this.#names.set(from, new Map());
    return name;
  }

  /** Every name that was asked for so far. */
  names(): string[] {
    return [...this.#names.values()].flatMap((names) => [...names.keys()]);
  }

  /**
   * Imports types that another file imports which lies one folder further down.
   *
   * @param used - identifiers: names that are none of these are left out
   */
  typesOf(deeper: Imports, used: ReadonlySet<string>): void {
    for (const [from, names] of deeper.#names) {
      const here = from.startsWith("../../") ? from.slice("../".length) : from;
      for (const name of names.keys()) if (used.has(name)) this.type(name, here);
    }
  }

  /**
   * The import declarations, sorted.
   *
   * @param used - the identifiers in the file: names that were requested but not printed are left out
   */
  structures(used: ReadonlySet<string>): ImportDeclarationStructure[] {
    return [...this.#names]
      .map(([from, names]): [string, Map<string, boolean>] => [
        from,
        new Map([...names].filter(([name]) => used.has(name))),
      ])
      .filter(([from, names]) => names.size > 0 || this.#defaults.has(from))
      .sort(([left], [right]) => compareModules(left, right))
      .map(([moduleSpecifier, names]) => {
        const defaultImport = this.#defaults.get(moduleSpecifier);
        const isTypeOnly = defaultImport === undefined && [...names.values()].every(Boolean);
        const namedImports = [...names]
          .sort(([left], [right]) => compareNames(left, right))
          .map(([name, isType]) => ({ name, isTypeOnly: isType && !isTypeOnly }));
        return {
          kind: StructureKind.ImportDeclaration,
          moduleSpecifier,
          isTypeOnly,
          namedImports,
          ...(defaultImport !== undefined && { defaultImport }),
        };
      });
  }

  #add(name: string, from: string, isType: boolean): string {
    const names = this.#names.get(from) ?? new Map<string, boolean>();
    this.#names.set(from, names.set(name, isType && (names.get(name) ?? true)));
    return name;
  }
}
