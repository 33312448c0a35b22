/**
 * Declarations as plain data, and their text. A general printer of TypeScript parses what it has printed, to give a
 * tree that nobody here wants: on a large document that was a third of a whole run. The formatter lays lines out.
 */

/** Kinds of declarations. */
export const StructureKind = {
  Class: "class",
  ExportDeclaration: "export",
  Function: "function",
  ImportDeclaration: "import",
  Interface: "interface",
  Method: "method",
  Property: "property",
  TypeAlias: "type",
  VariableStatement: "variable",
} as const;

/** How a variable is declared. */
export const VariableDeclarationKind = { Const: "const" } as const;

/** A structure whose kind is clear from where it stands. */
export type OptionalKind<T extends { readonly kind: string }> = Omit<T, "kind"> & {
  readonly kind?: T["kind"];
};

interface Documented {
  /** Texts of comments. One with several lines takes as many. */
  readonly docs?: readonly string[];
}

/** A parameter of a function or method. */
export interface ParameterDeclarationStructure {
  readonly kind: "parameter";
  readonly name: string;
  readonly type?: string;
  readonly hasQuestionToken?: boolean;
  readonly initializer?: string;
}

/** A property of an interface. */
export interface PropertySignatureStructure extends Documented {
  readonly kind: "signature";
  readonly name: string;
  readonly type: string;
  readonly isReadonly?: boolean;
  readonly hasQuestionToken?: boolean;
}

/** A property of a class. */
export interface PropertyDeclarationStructure extends Documented {
  readonly kind: "property";
  readonly name: string;
  readonly type?: string;
  readonly initializer?: string;
  readonly isReadonly?: boolean;
  readonly hasOverrideKeyword?: boolean;
  readonly hasDeclareKeyword?: boolean;
}

/** One signature of a method that has several. */
export interface MethodDeclarationOverloadStructure extends Documented {
  readonly kind: "overload";
  readonly parameters?: readonly OptionalKind<ParameterDeclarationStructure>[];
  readonly returnType?: string;
}

/** A method of a class. */
export interface MethodDeclarationStructure extends Documented {
  readonly kind: "method";
  readonly name: string;
  readonly overloads?: readonly OptionalKind<MethodDeclarationOverloadStructure>[];
  readonly parameters?: readonly OptionalKind<ParameterDeclarationStructure>[];
  readonly returnType?: string;
  readonly statements?: string | readonly string[];
}

interface FunctionDeclarationStructure extends Documented {
  readonly kind: "function";
  readonly name: string;
  readonly isExported?: boolean;
  readonly isAsync?: boolean;
  readonly parameters?: readonly OptionalKind<ParameterDeclarationStructure>[];
  readonly returnType?: string;
  readonly statements?: string | readonly string[];
}

interface ConstructorDeclarationStructure extends Documented {
  readonly parameters?: readonly OptionalKind<ParameterDeclarationStructure>[];
  readonly statements?: string | readonly string[];
}

interface ClassDeclarationStructure extends Documented {
  readonly kind: "class";
  readonly name: string;
  readonly isExported?: boolean;
  readonly extends?: string;
  readonly properties?: readonly OptionalKind<PropertyDeclarationStructure>[];
  readonly ctors?: readonly ConstructorDeclarationStructure[];
  readonly methods?: readonly MethodDeclarationStructure[];
}

interface InterfaceDeclarationStructure extends Documented {
  readonly kind: "interface";
  readonly name: string;
  readonly isExported?: boolean;
  readonly extends?: readonly string[];
  readonly properties?: readonly OptionalKind<PropertySignatureStructure>[];
  readonly indexSignatures?: readonly {
    readonly keyName: string;
    readonly keyType: string;
    readonly isReadonly?: boolean;
    readonly returnType: string;
  }[];
}

interface TypeAliasDeclarationStructure extends Documented {
  readonly kind: "type";
  readonly name: string;
  readonly isExported?: boolean;
  readonly type: string;
}

interface VariableStatementStructure extends Documented {
  readonly kind: "variable";
  readonly isExported?: boolean;
  readonly declarationKind: "const";
  readonly declarations: readonly {
    readonly name: string;
    readonly type?: string;
    readonly initializer: string;
  }[];
}

interface SpecifierStructure {
  readonly name: string;
  readonly isTypeOnly: boolean;
}

/** What a file imports from a module. */
export interface ImportDeclarationStructure {
  readonly kind: "import";
  readonly moduleSpecifier: string;
  readonly isTypeOnly: boolean;
  readonly defaultImport?: string;
  readonly namedImports: readonly SpecifierStructure[];
}

interface ExportDeclarationStructure {
  readonly kind: "export";
  readonly moduleSpecifier: string;
  readonly isTypeOnly: boolean;
  readonly namedExports: readonly SpecifierStructure[];
}

/** A declaration of a file. */
export type StatementStructures =
  | ClassDeclarationStructure
  | ExportDeclarationStructure
  | FunctionDeclarationStructure
  | ImportDeclarationStructure
  | InterfaceDeclarationStructure
  | TypeAliasDeclarationStructure
  | VariableStatementStructure;

/** The text of a file: declarations with a blank line between them, imports and exports of modules without. */
export function printStatements(statements: readonly (StatementStructures | string)[]): string {
  let text = "";
  let isTight = true;
  for (const statement of statements) {
    const isModule =
      typeof statement === "string" || statement.kind === "import" || statement.kind === "export";
    if (text !== "") text += isTight && isModule ? "\n" : "\n\n";
    text += typeof statement === "string" ? statement : printStatement(statement);
    isTight = isModule;
  }
  return `${text}\n`;
}

function printStatement(statement: StatementStructures): string {
  switch (statement.kind) {
    case "import":
    case "export":
      return printModule(statement);
    case "type":
      return `${start(statement)}type ${statement.name} = ${statement.type};`;
    case "variable": {
      const declared = statement.declarations.map(
        ({ name, type, initializer }) => `${name}${typed(type)} = ${initializer}`,
      );
      return `${start(statement)}${statement.declarationKind} ${declared.join(", ")};`;
    }
    case "function": {
      const head = `${statement.isAsync === true ? "async " : ""}function ${statement.name}`;
      return `${start(statement)}${head}${signature(statement)} ${block(statement.statements)}`;
    }
    case "interface":
      return printInterface(statement);
    case "class":
      return printClass(statement);
  }
}

function printModule(statement: ImportDeclarationStructure | ExportDeclarationStructure): string {
  const names = statement.kind === "import" ? statement.namedImports : statement.namedExports;
  const listed = names.map(({ name, isTypeOnly }) => `${isTypeOnly ? "type " : ""}${name}`);
  const usual = statement.kind === "import" ? statement.defaultImport : undefined;
  const named = listed.length === 0 && usual !== undefined ? [] : [`{ ${listed.join(", ")} }`];
  const what = [...(usual === undefined ? [] : [usual]), ...named].join(", ");
  const type = statement.isTypeOnly ? "type " : "";
  return `${statement.kind} ${type}${what} from ${JSON.stringify(statement.moduleSpecifier)};`;
}

function printInterface(statement: InterfaceDeclarationStructure): string {
  const { name, extends: bases = [], properties = [], indexSignatures = [] } = statement;
  const index = indexSignatures.map(
    ({ keyName, keyType, isReadonly, returnType }) =>
      `${isReadonly === true ? "readonly " : ""}[${keyName}: ${keyType}]: ${returnType};`,
  );
  const members = properties.map(
    (property) =>
      `${docsOf(property)}${modifiers(property)}${property.name}${optional(property)}${typed(property.type)};`,
  );
  const base = bases.length === 0 ? "" : ` extends ${bases.join(", ")}`;
  return `${start(statement)}interface ${name}${base} ${braces([...index, ...members], "\n")}`;
}

function printClass(statement: ClassDeclarationStructure): string {
  const { name, extends: base, properties = [], ctors = [], methods = [] } = statement;
  const fields = properties.map((property) => {
    const value = property.initializer === undefined ? "" : ` = ${property.initializer}`;
    return `${docsOf(property)}${modifiers(property)}${property.name}${typed(property.type)}${value};`;
  });
  const makers = ctors.map(
    (one) => `${docsOf(one)}constructor${signature(one)} ${block(one.statements)}`,
  );
  const own = methods.map((method) => {
    const overloads = (method.overloads ?? []).map(
      (one) => `${docsOf(one)}${method.name}${signature(one)};`,
    );
    const last = `${docsOf(method)}${method.name}${signature(method)} ${block(method.statements)}`;
    return [...overloads, last].join("\n");
  });
  const parts = [...(fields.length === 0 ? [] : [fields.join("\n")]), ...makers, ...own];
  const heritage = base === undefined ? "" : ` extends ${base}`;
  return `${start(statement)}class ${name}${heritage} ${braces(parts, "\n\n")}`;
}

/** What stands before a declaration: its comments, and whether it is exported. */
function start(statement: Documented & { readonly isExported?: boolean }): string {
  return `${docsOf(statement)}${statement.isExported === true ? "export " : ""}`;
}

function docsOf({ docs = [] }: Documented): string {
  return docs.map((text) => `${printDoc(text)}\n`).join("");
}

function printDoc(text: string): string {
  if (!text.includes("\n")) return `/** ${text} */`;
  const lines = text.replace(/^\n/, "").split("\n");
  return `/**\n${lines.map((line) => ` *${line === "" ? "" : ` ${line}`}\n`).join("")} */`;
}

function modifiers(property: {
  readonly isReadonly?: boolean;
  readonly hasOverrideKeyword?: boolean;
  readonly hasDeclareKeyword?: boolean;
}): string {
  return [
    property.hasDeclareKeyword === true ? "declare " : "",
    property.hasOverrideKeyword === true ? "override " : "",
    property.isReadonly === true ? "readonly " : "",
  ].join("");
}

function signature({
  parameters = [],
  returnType,
}: {
  readonly parameters?: readonly OptionalKind<ParameterDeclarationStructure>[];
  readonly returnType?: string;
}): string {
  const printed = parameters.map((parameter) => {
    const value = parameter.initializer === undefined ? "" : ` = ${parameter.initializer}`;
    return `${parameter.name}${optional(parameter)}${typed(parameter.type)}${value}`;
  });
  return `(${printed.join(", ")})${typed(returnType)}`;
}

function optional({ hasQuestionToken }: { readonly hasQuestionToken?: boolean }): string {
  return hasQuestionToken === true ? "?" : "";
}

function typed(type: string | undefined): string {
  return type === undefined ? "" : `: ${type}`;
}

function block(statements: string | readonly string[] | undefined): string {
  return braces(typeof statements === "string" ? [statements] : (statements ?? []), "\n");
}

function braces(parts: readonly string[], between: string): string {
  return parts.length === 0 ? "{}" : `{\n${parts.join(between)}\n}`;
}
