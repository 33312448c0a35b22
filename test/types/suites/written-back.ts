/** What is read can be written back: of every model, the type in responses is assignable to the type in requests. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { checkText } from "../project.js";

const root = path.resolve(import.meta.dirname, "../../..");
const goldens = path.join(root, "test/golden");
const folders = [
  "generated",
  ...readdirSync(goldens, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `test/golden/${name}/want`),
].sort();

/** Names of the files with the models of a folder, without `.ts`; a document without models has none. */
function modelFiles(folder: string): string[] {
  const found = readdirSync(path.join(root, folder)).includes("models");
  return found ? readdirSync(path.join(root, folder, "models")).map((one) => one.slice(0, -3)) : [];
}

/** A statement for each model of a folder that is read and written under two names. */
function assignments(folder: string): string[] {
  return modelFiles(folder).flatMap((file) => {
    const text = readFileSync(path.join(root, folder, "models", `${file}.ts`), "utf8");
    const names = [...text.matchAll(/^export (?:interface|type) ([\p{ID_Continue}$]+)/gmu)].map(
      ([, name = ""]) => name,
    );
    return names
      .filter((name) => names.includes(`${name}Input`))
      .map((name) => {
        const from = JSON.stringify(`../../${folder}/models/${file}.js`);
        return `{ const back = (read: import(${from}).${name}): import(${from}).${name}Input => read; void back; }`;
      });
  });
}

test("every model that is read and written is written as it is read", () => {
  const statements = folders.flatMap(assignments);
  expect(statements.length).toBeGreaterThan(8);
  expect(checkText(`export {};\n${statements.join("\n")}`)).toEqual([]);
});

test("the proof notices a model that cannot be written back", () => {
  const wrong = "export const back = (read: { a: string | null }): { a: string } => read;";
  expect(checkText(wrong)[0]).toContain("is not assignable");
});
