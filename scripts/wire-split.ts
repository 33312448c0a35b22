/** Splits the wire types of a large document into a file for each path and schema: editors are slow with 100,000 lines. */
import ts from "typescript";
import { namesFor, pathFile } from "./part-names.js";
import { compareModules, compareNames } from "./print/module-order.js";
import type { OutputFile } from "./print/source.js";

/** Maximum number of paths and schemas for one file, which then has about 7,000 lines. */
const mostInOneFile = 100;

/** Prints declarations. */
export type Printer = (nodes: ts.Node[]) => string;

/** A path whose types are reused from an earlier run. The document does not contain it. */
export interface KeptPath {
  readonly path: string;
  /** Whether its file declares types of operations. */
  readonly hasOperations: boolean;
}

/** A part in the file that combines all parts. */
interface Part {
  readonly specifier: string;
  readonly names: readonly string[];
}

/** Suffixes of the types in the parts, by the type of the index that combines them. */
const endings: ReadonlyMap<string, string> = new Map([
  ["paths", "Path"],
  ["operations", "Operations"],
]);

/** The files of the wire types: one, or an index and its parts. */
export function wireFiles(
  nodes: readonly ts.Node[],
  print: Printer,
  kept: readonly KeptPath[] = [],
): OutputFile[] {
  const declared = new Map(
    nodes.filter(ts.isInterfaceDeclaration).map((node) => [node.name.text, node]),
  );
  const paths = declared.get("paths")?.members ?? [];
  const operations = declared.get("operations")?.members ?? [];
  const components = declared.get("components");
  const schemas = schemasOf(components);
  if (paths.length + kept.length + schemas.length <= mostInOneFile || components === undefined) {
    return [{ path: "wire.ts", text: print([...nodes]) }];
  }
  const helpers = helpersOf(nodes);
  const byId = new Map(operations.map((member) => [nameOf(member), member]));
  const files: OutputFile[] = [];
  const parts: Part[] = [];
  const add = (file: string, own: readonly ts.InterfaceDeclaration[]): void => {
    const used = helpers.filter(({ name }) => namesIn(own).has(name.text));
    const text = importsOf(own) + [...used, ...own].map((one) => print([one])).join("\n");
    files.push({ path: `${file}.ts`, text });
    parts.push({ specifier: `./${file}.js`, names: own.map((one) => one.name.text) });
  };
  const pathNames = namesFor([...paths.map(nameOf), ...kept.map(({ path }) => path)]);
  for (const member of paths) {
    const name = pathNames(nameOf(member));
    const own = operationsIn(member).flatMap((id) => byId.get(id) ?? []);
    for (const one of own) byId.delete(nameOf(one));
    add(pathFile(name), [
      declare(`${name.type}Path`, [member]),
      ...(own.length === 0 ? [] : [declare(`${name.type}Operations`, own)]),
    ]);
  }
  for (const { path, hasOperations } of kept) {
    const name = pathNames(path);
    const names = [`${name.type}Path`, ...(hasOperations ? [`${name.type}Operations`] : [])];
    parts.push({ specifier: `./${pathFile(name)}.js`, names });
  }
  const schemaNames = namesFor(schemas.map(nameOf));
  for (const member of schemas) {
    const name = schemaNames(nameOf(member));
    add(`wire/schemas/${name.file}`, [declare(`${name.type}Schema`, [member])]);
  }
  parts.sort((left, right) => compareModules(left.specifier, right.specifier));
  const bases = (end: string | undefined): string[] =>
    parts.flatMap(({ names }) => names.filter((name) => end !== undefined && name.endsWith(end)));
  const index = nodes.flatMap((node): ts.Node[] => {
    // For a document without paths, openapi-typescript declares a type alias instead of an interface.
    const isType = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
    const name = isType ? node.name.text : "";
    const own = bases(endings.get(name));
    if (helpers.some((helper) => helper === node)) return [];
    if (own.length > 0) return [declare(name, name === "paths" ? [] : [...byId.values()], own)];
    return node === components && schemas.length > 0
      ? [withNamedSchemas(components), declare("Schemas", [], bases("Schema"))]
      : [node];
  });
  const used = helpers.filter(({ name }) => namesIn(index).has(name.text));
  const imports = parts.map(({ specifier, names }) => {
    const sorted = names.toSorted(compareNames).join(", ");
    return `import type { ${sorted} } from "${specifier}";\n`;
  });
  return [
    { path: "wire.ts", text: `${imports.join("")}\n${print([...index, ...used])}` },
    ...files,
  ];
}

function schemasOf(components: ts.InterfaceDeclaration | undefined): readonly ts.TypeElement[] {
  const member = components?.members.find((one) => nameOf(one) === "schemas");
  const isMap = member !== undefined && ts.isPropertySignature(member) && member.type !== undefined;
  return isMap && member.type !== undefined && ts.isTypeLiteralNode(member.type)
    ? member.type.members
    : [];
}

/** The components, with the schemas replaced by an interface that combines those of other files. */
function withNamedSchemas(components: ts.InterfaceDeclaration): ts.InterfaceDeclaration {
  const members = components.members.map((member) =>
    nameOf(member) === "schemas"
      ? ts.factory.createPropertySignature(
          undefined,
          "schemas",
          undefined,
          ts.factory.createTypeReferenceNode("Schemas"),
        )
      : member,
  );
  return declare("components", members);
}

function declare(
  name: string,
  members: readonly ts.TypeElement[],
  bases: readonly string[] = [],
): ts.InterfaceDeclaration {
  const { factory } = ts;
  const types = bases.map((base) =>
    factory.createExpressionWithTypeArguments(factory.createIdentifier(base), undefined),
  );
  return factory.createInterfaceDeclaration(
    [factory.createModifier(ts.SyntaxKind.ExportKeyword)],
    name,
    undefined,
    types.length === 0
      ? undefined
      : [factory.createHeritageClause(ts.SyntaxKind.ExtendsKeyword, types)],
    members,
  );
}

/** Types that openapi-typescript declares for its own use, such as `WithRequired`: each file has those that it uses. */
function helpersOf(nodes: readonly ts.Node[]): ts.TypeAliasDeclaration[] {
  return nodes
    .filter(ts.isTypeAliasDeclaration)
    .filter(
      ({ modifiers = [] }) => !modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
    );
}

/** Names of types that nodes refer to. */
function namesIn(nodes: readonly ts.Node[]): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
      found.add(node.typeName.text);
    }
    node.forEachChild(visit);
  };
  for (const node of nodes) visit(node);
  return found;
}

/** The imports of a part from the file that combines all parts. */
function importsOf(nodes: readonly ts.Node[]): string {
  const found = namesIn(nodes);
  const names = ["components", "operations"].filter((name) => found.has(name));
  return names.length === 0 ? "" : `import type { ${names.join(", ")} } from "../../wire.js";\n\n`;
}

/** Operations that a path refers to: `operations["id"]`. */
function operationsIn(path: ts.Node): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isIndexedAccessTypeNode(node) &&
      ts.isTypeReferenceNode(node.objectType) &&
      ts.isIdentifier(node.objectType.typeName) &&
      node.objectType.typeName.text === "operations" &&
      ts.isLiteralTypeNode(node.indexType) &&
      ts.isStringLiteral(node.indexType.literal)
    ) {
      found.push(node.indexType.literal.text);
    }
    node.forEachChild(visit);
  };
  visit(path);
  return found;
}

function nameOf({ name }: ts.TypeElement): string {
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : "";
}
