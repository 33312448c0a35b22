import { readdir, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** Removes the declarations below a folder that an entry does not lead to: they name what is only in the bundle. */
export async function pruneDeclarations(folder: string, entry: string): Promise<void> {
  const reached = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (reached.has(file)) return;
    reached.add(file);
    const text = await readFile(file, "utf8");
    for (const [, path = ""] of text.matchAll(/from "(\.[^"]+)\.js"/g)) {
      await visit(resolve(dirname(file), `${path}.d.ts`));
    }
  };
  await visit(resolve(folder, entry));
  for (const name of await readdir(folder, { recursive: true })) {
    const file = resolve(folder, name);
    if (file.endsWith(".d.ts") && !reached.has(file)) await rm(file);
  }
  await removeEmpty(folder);
}

async function removeEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) if (entry.isDirectory()) await removeEmpty(join(folder, entry.name));
  if ((await readdir(folder)).length === 0) await rm(folder, { recursive: true });
}
