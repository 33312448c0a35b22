import ts from "typescript";

/** A small change to the text of a generated file. */
export interface TextMutant {
  /** What kind of change, such as `drop check`. */
  readonly mutator: string;
  /** Names it in reports and in the list of equivalent mutants; unique. */
  readonly id: string;
  /** Path inside of `generated/`. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A change to a part of a file, not yet named. */
interface Change {
  readonly mutator: string;
  /** Replaced as a whole. */
  readonly node: ts.Node;
  readonly text: string;
}

/** Checks of the runtime that take a value and return it: the value alone is what is left without them. */
const checks: readonly string[] = [
  ..."asString asBoolean asNumber asInteger asObject asOneOf asArray asTuple asRecord".split(" "),
  ..."nested within asText asPathSegment asHeaderValue asDate toDateTime".split(" "),
];

/** Every mutant of generated sources: of what runs, not of types and comments. */
export function clientMutants(sources: ReadonlyMap<string, string>): readonly TextMutant[] {
  return [...sources].flatMap(([file, text]) => {
    if (file === "wire.ts" || file === "index.ts") return [];
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const seen = new Map<string, number>();
    return changesOf(source).map(({ mutator, node, text: other }): TextMutant => {
      const start = node.getStart(source);
      const before = shown(text.slice(start, node.end));
      const name = `${mutator} ${file} ${ownerOf(node)}: ${before} to ${shown(other)}`;
      // The same text may stand in a function twice; the second one is told by its number.
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      const id = count === 1 ? name : `${name} (${count})`;
      return { mutator, id, file, start, end: node.end, text: other };
    });
  });
}

/** The sources with the change. */
export function applied(
  sources: ReadonlyMap<string, string>,
  { file, start, end, text }: TextMutant,
): ReadonlyMap<string, string> {
  const old = sources.get(file) ?? "";
  return new Map([...sources, [file, `${old.slice(0, start)}${text}${old.slice(end)}`]]);
}

function changesOf(source: ts.SourceFile): readonly Change[] {
  const found: Change[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node))
      return;
    if (ts.isTypeAliasDeclaration(node) || ts.isExportDeclaration(node)) return;
    found.push(...changesAt(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function changesAt(node: ts.Node): readonly Change[] {
  if (ts.isExpressionStatement(node)) {
    return isWrite(node) ? [] : [{ mutator: "drop check", node, text: "" }];
  }
  if (ts.isIfStatement(node)) {
    const isField =
      node.thenStatement.getText().includes("wire.") || /query\./.test(node.getText());
    return isField ? [{ mutator: "drop field", node, text: "" }] : [];
  }
  if (ts.isCallExpression(node)) return callChanges(node);
  if (ts.isObjectLiteralExpression(node)) return memberChanges(node);
  if (ts.isBinaryExpression(node)) return operatorChanges(node);
  if (ts.isPropertyDeclaration(node)) return [];
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    return textChanges(node);
  if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent)) {
    return [{ mutator: "change number", node, text: String(Number(node.text) + 1) }];
  }
  if (ts.isPropertyAssignment(node)) return keyChanges(node);
  if (node.kind === ts.SyntaxKind.TrueKeyword)
    return [{ mutator: "flip boolean", node, text: "false" }];
  if (node.kind === ts.SyntaxKind.FalseKeyword)
    return [{ mutator: "flip boolean", node, text: "true" }];
  return [];
}

function callChanges(node: ts.CallExpression): readonly Change[] {
  const [value] = node.arguments;
  const name = node.expression.getText();
  const isStatement = ts.isExpressionStatement(node.parent);
  if (value === undefined || isStatement) return [];
  if (checks.includes(name) || /^(en|de)code[A-Z]/.test(name)) {
    return [{ mutator: "drop check", node, text: value.getText() }];
  }
  return [];
}

/** Members of an object: each is gone, and each has the value of its neighbour. */
function memberChanges(node: ts.ObjectLiteralExpression): readonly Change[] {
  const members = node.properties;
  return members.flatMap((one, index): readonly Change[] => {
    const others = members.filter((other) => other !== one).map((other) => other.getText());
    const drop = { mutator: "drop member", node, text: `{ ${others.join(", ")} }` };
    const next = members[index + 1];
    if (next === undefined || !ts.isPropertyAssignment(one) || !ts.isPropertyAssignment(next)) {
      return [drop];
    }
    if (one.initializer.getText() === next.initializer.getText()) return [drop];
    const swapped = members.map((other) => {
      if (other === one) return `${one.name.getText()}: ${next.initializer.getText()}`;
      if (other === next) return `${next.name.getText()}: ${one.initializer.getText()}`;
      return other.getText();
    });
    return [drop, { mutator: "swap members", node, text: `{ ${swapped.join(", ")} }` }];
  });
}

/** A key of an object, and a number that stands alone as its value. */
function keyChanges({ name, initializer }: ts.PropertyAssignment): readonly Change[] {
  const renamed = ts.isIdentifier(name)
    ? [{ mutator: "rename member", node: name, text: `${name.text}Renamed` }]
    : [];
  const numbered = ts.isNumericLiteral(name)
    ? [{ mutator: "change number", node: name, text: String(Number(name.text) + 50) }]
    : [];
  const value = ts.isNumericLiteral(initializer)
    ? [{ mutator: "change number", node: initializer, text: String(Number(initializer.text) + 1) }]
    : [];
  return [...renamed, ...numbered, ...value];
}

function operatorChanges(node: ts.BinaryExpression): readonly Change[] {
  const { left, operatorToken, right } = node;
  const others: Readonly<Record<string, string>> = {
    "===": "!==",
    "!==": "===",
    "==": "!=",
    "!=": "==",
    "&&": "||",
    "||": "&&",
  };
  const other = others[operatorToken.getText()];
  if (other === undefined) return [];
  const text = `${left.getText()} ${other} ${right.getText()}`;
  return [{ mutator: "turn condition", node, text }];
}

function textChanges(node: ts.StringLiteral | ts.NoSubstitutionTemplateLiteral): readonly Change[] {
  return [{ mutator: "change text", node, text: JSON.stringify(`${node.text}_mutant`) }];
}

/** An assignment is a field, which is dropped with the condition around it. */
function isWrite({ expression }: ts.ExpressionStatement): boolean {
  return ts.isBinaryExpression(expression) || expression.getText().startsWith("super(");
}

/** The function, method or constant that a node is in. */
function ownerOf(node: ts.Node): string {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (ts.isMethodDeclaration(at) || ts.isFunctionDeclaration(at)) return at.name?.getText() ?? "";
    if (ts.isVariableDeclaration(at)) return at.name.getText();
    if (ts.isClassDeclaration(at)) return at.name?.getText() ?? "";
  }
  return "";
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line === "" ? "nothing" : line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
