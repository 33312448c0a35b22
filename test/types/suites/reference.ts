/** The reference names every export of the package, and everything that a mock has. */
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { service } from "../project.js";

const root = path.resolve(import.meta.dirname, "../../..");
const reference = readFileSync(path.join(root, "generated/API.md"), "utf8");
const entries = ["src/index.ts", "src/mock/index.ts"].map((file) => path.join(root, file));
const program = service.getProgram();
if (program === undefined) throw new Error("there is no program");
const checker = program.getTypeChecker();

function exportsOf(entry: string): readonly ts.Symbol[] {
  const source = program?.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  return module === undefined ? [] : checker.getExportsOfModule(module);
}

/** Names that a heading or a code span of the reference has. */
function isNamed(name: string): boolean {
  return reference.includes(`\`${name}\``) || reference.includes(`### ${name}\n`);
}

test.each(entries)("every export of %s", (entry) => {
  const names = exportsOf(entry).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !isNamed(name))).toEqual([]);
});

test.each(["Mock", "MockSession"])("every member of %s", (name) => {
  const symbol = exportsOf(entries[1] ?? "").find((one) => one.name === name);
  if (symbol === undefined) throw new Error(`${name} is not exported`);
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const members = checker.getDeclaredTypeOfSymbol(target).getProperties();
  const plain = members.map((one) => one.name).filter((one) => !one.startsWith("__@"));
  expect(plain.length).toBeGreaterThan(5);
  expect(plain.filter((one) => !isNamed(one))).toEqual([]);
});

test.each(["list", "listAll", "get", "issue", "revoke"])("the method %s", (method) => {
  expect(reference).toContain(`accessTokens.${method}`);
});

test("the consumer's program of test/pack uses every export", () => {
  const text = readFileSync(path.join(root, "test/pack/consumer/surface.ts"), "utf8");
  const names = exportsOf(entries[0] ?? "").map(({ name }) => name);
  const imported = text.slice(0, text.indexOf('} from "s2-token-contract"'));
  const missing = names.filter((name) => !new RegExp(`^  (type )?${name},$`, "m").test(imported));
  expect(missing).toEqual([]);
});
