import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { analyse } from "scslre";
import { Project, SyntaxKind } from "ts-morph";
import { describe, expect, test } from "vitest";

/** Whether matching may take more than time in proportion to the input. */
function isSuperLinear(literal: string): boolean {
  const end = literal.lastIndexOf("/");
  return (
    analyse({ source: literal.slice(1, end), flags: literal.slice(end + 1) }).reports.length > 0
  );
}

/** Expressions over input are in these. */
const folders: readonly string[] = ["src/mock", "src/runtime", "src/scope", "scripts/print"];

describe("regular expressions over input take linear time", () => {
  test.each(folders)("in %s", async (folder) => {
    const project = new Project({ useInMemoryFileSystem: true });
    const names = await readdir(folder, { recursive: true });
    const slow: string[] = [];
    for (const name of names.filter((one) => one.endsWith(".ts"))) {
      const file = project.createSourceFile(name, await readFile(join(folder, name), "utf8"));
      for (const literal of file.getDescendantsOfKind(SyntaxKind.RegularExpressionLiteral)) {
        const text = literal.getLiteralText();
        if (isSuperLinear(text))
          slow.push(`${folder}/${name}:${literal.getStartLineNumber()} ${text}`);
      }
      // One that is built at run time cannot be judged here. The client needs a few, from names and patterns of the contract.
      if (folder !== "src/runtime") expect(file.getFullText()).not.toMatch(/\bRegExp\(/);
    }
    expect(slow).toEqual([]);
  });

  test.each(["/\\s*=\\s*/g", "/\\/+$/", "/^Bearer\\s+(.+)$/i", "/(a+)+b/", "/^a*a*$/"])(
    "the check finds %s, which does not",
    (literal) => {
      expect(isSuperLinear(literal)).toBe(true);
    },
  );
});
