import {
  Project,
  type StatementStructures,
  StructureKind,
  VariableDeclarationKind,
} from "ts-morph";
import { expect, test } from "vitest";
import { Imports } from "../../scripts/print/imports.js";
import { type EmitContext, printSource } from "../../scripts/print/source.js";

const context: EmitContext = { header: "// Generated.", runtime: (module) => `./${module}.js` };

const statements: readonly (readonly [string, StatementStructures | string])[] = [
  ["text", "export {};"],
  ["comment", "// The end"],
  [
    "interface",
    { kind: StructureKind.Interface, name: "A", properties: [{ name: "a", type: "B" }] },
  ],
  ["type", { kind: StructureKind.TypeAlias, name: "A", type: "string", docs: ["Text\n\nmore"] }],
  [
    "class",
    { kind: StructureKind.Class, name: "A", methods: [{ name: "a", statements: "run();" }] },
  ],
  ["function", { kind: StructureKind.Function, name: "a", parameters: [{ name: "b" }] }],
  [
    "constant",
    {
      kind: StructureKind.VariableStatement,
      declarationKind: VariableDeclarationKind.Const,
      declarations: [{ name: "a", initializer: "{ b: 1 }" }],
    },
  ],
  ["export", { kind: StructureKind.ExportDeclaration, moduleSpecifier: "./a.js" }],
];

test.each(statements)("prints %s like a source file of ts-morph", (_, statement) => {
  const imports = new Imports();
  imports.type("B", "./b.js");
  const draft = printSource(context, "a.ts", imports, [statement]);
  const structure: unknown = JSON.parse(draft.source ?? "");
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: { useTrailingCommas: true },
  });
  const file = project.createSourceFile("a.ts", structure as object);
  expect(draft.text).toBe(file.getFullText());
  expect(draft.text).toMatch(/^\/\/ Generated\.\n/);
});

test("throws what ts-morph throws", () => {
  // An emitter with a bug: this kind does not exist.
  const wrong = { kind: -1 } as unknown as StatementStructures;
  const draft = printSource(context, "a.ts", new Imports(), [wrong]);
  expect(() => draft.text).toThrow("Not implemented");
});
