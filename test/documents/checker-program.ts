/** Compiles and lints generated folders that it is sent, several as one program, and says what is wrong with each. */
import { compileFolders, suppressionsIn } from "./compile.js";
import { lintFolders } from "./lint.js";
import type { Checked } from "./measure.js";

async function check(folders: readonly string[]): Promise<Checked[]> {
  const linter = await lintFolders(folders);
  const compiler = compileFolders(folders);
  return folders.map((folder, index) => ({
    compiler: compiler[index] ?? [],
    linter: linter[index] ?? [],
    suppressions: suppressionsIn(folder),
  }));
}

process.on("message", (folders: readonly string[]) => {
  void check(folders).then((checked) => process.send?.(checked));
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
