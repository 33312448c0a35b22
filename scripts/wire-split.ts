/** Wire types of a large document as a file for each path and each schema: no editor is quick with 100,000 lines. */
import { createHash } from "node:crypto";
import ts from "typescript";
import { isIdentifier } from "./model/names/identifiers.js";
import { toKebab, toPascal } from "./model/names/words.js";
import { compareModules, compareNames } from "./print/module-order.js";
import type { OutputFile } from "./print/source.js";

/** Operations and schemas of a document whose wire types are one file: about 7,000 lines. */
const mostInOneFile = 100;

/** Prints declarations. */
export type Printer = (nodes: ts.Node[]) => string;

/** What is said of a part in the file that puts the parts together. */
interface Part {
  readonly specifier: string;
  readonly names: readonly string[];
}

/** The files of the wire types: one, or an index and its parts. */
export function wireFiles(nodes: readonly ts.Node[], print: Printer): OutputFile[] {
  const declared = new Map(
    nodes.filter(ts.isInterfaceDeclaration).map((node) => [node.name.text, node]),
  );
  const paths = declared.get("paths")?.members ?? [];
  const operations = declared.get("operations")?.members ?? [];
  const components = declared.get("components");
  const schemas = schemasOf(components);
  if (operations.length + schemas.length <= mostInOneFile || components === undefined) {
    return [{ path: "wire.ts", text: print([...nodes]) }];
  }
  const byId = new Map(operations.map((member) => [nameOf(member), member]));
  const files: OutputFile[] = [];
  const parts: Part[] = [];
  const add = (folder: string, name: Name, own: readonly ts.InterfaceDeclaration[]): void => {
    const file = `wire/${folder}/${name.file}`;
    files.push({
      path: `${file}.ts`,
      text: importsOf(own) + own.map((one) => print([one])).join("\n"),
    });
    parts.push({ specifier: `./${file}.js`, names: own.map((one) => one.name.text) });
  };
  const pathNames = namesFor(paths.map(nameOf));
  for (const member of paths) {
    const name = pathNames(nameOf(member));
    const own = operationsIn(member).flatMap((id) => byId.get(id) ?? []);
    for (const one of own) byId.delete(nameOf(one));
    add("paths", name, [
      declare(`${name.type}Path`, [member]),
      ...(own.length === 0 ? [] : [declare(`${name.type}Operations`, own)]),
    ]);
  }
  const schemaNames = namesFor(schemas.map(nameOf));
  for (const member of schemas) {
    const name = schemaNames(nameOf(member));
    add("schemas", name, [declare(`${name.type}Schema`, [member])]);
  }
  const bases = (end: string): string[] =>
    parts.flatMap(({ names }) => names.filter((name) => name.endsWith(end)));
  const index = nodes.flatMap((node): ts.Node[] => {
    if (!ts.isInterfaceDeclaration(node)) return [node];
    if (node.name.text === "paths") return [declare("paths", [], bases("Path"))];
    if (node.name.text === "operations") {
      return [declare("operations", [...byId.values()], bases("Operations"))];
    }
    return node === components && schemas.length > 0
      ? [withNamedSchemas(components), declare("Schemas", [], bases("Schema"))]
      : [node];
  });
  const imports = parts
    .toSorted((left, right) => compareModules(left.specifier, right.specifier))
    .map(({ specifier, names }) => {
      const sorted = names.toSorted(compareNames).join(", ");
      return `import type { ${sorted} } from "${specifier}";\n`;
    });
  return [{ path: "wire.ts", text: `${imports.join("")}\n${print(index)}` }, ...files];
}

function schemasOf(components: ts.InterfaceDeclaration | undefined): readonly ts.TypeElement[] {
  const member = components?.members.find((one) => nameOf(one) === "schemas");
  const isMap = member !== undefined && ts.isPropertySignature(member) && member.type !== undefined;
  return isMap && member.type !== undefined && ts.isTypeLiteralNode(member.type)
    ? member.type.members
    : [];
}

/** The components, with the schemas as an interface that other files make up. */
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

/** What a part imports of the file that puts the parts together. */
function importsOf(nodes: readonly ts.Node[]): string {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
      found.add(node.typeName.text);
    }
    node.forEachChild(visit);
  };
  for (const node of nodes) visit(node);
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

/** What a part is called: its file, and the start of its types. */
interface Name {
  readonly file: string;
  readonly type: string;
}

/** File systems take 255 bytes for a name; people read fewer. */
const longestName = 80;

/**
 * Names of parts. One that is long, or alike others on a disk that ignores case, gets some of its hash, so that no
 * name depends on how many others there are.
 */
function namesFor(keys: readonly string[]): (key: string) => Name {
  const plain = (key: string): string => toKebab(key.replaceAll("'", "")) || "root";
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(fold(plain(key)), (counts.get(fold(plain(key))) ?? 0) + 1);
  return (key) => {
    const name = plain(key);
    const isOwn = counts.get(fold(name)) === 1 && Buffer.byteLength(name) <= longestName;
    const hash = createHash("sha256").update(key).digest("hex").slice(0, 8);
    const file = isOwn ? name : `${cut(name)}-${hash}`;
    const type = toPascal(file);
    return {
      file: isDevice.test(file) ? `${file}-part` : file,
      type: isIdentifier(type) ? type : `_${type}`,
    };
  };
}

/** One value for names whose files or types could be taken for each other. */
function fold(name: string): string {
  return name.replaceAll("-", "").toLowerCase();
}

function cut(name: string): string {
  let text = "";
  for (const character of name) {
    if (Buffer.byteLength(text + character) > longestName) break;
    text += character;
  }
  return text.replace(/-$/, "");
}

/** File names that Windows has for its devices. */
const isDevice = /^(?:aux|con|nul|prn|com\d|lpt\d)$/;
