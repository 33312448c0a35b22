import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";

/** Builds the files of the page, by name. */
export async function buildPage(): Promise<ReadonlyMap<string, string>> {
  return (await bundlePage()).files;
}

/** Builds the files of the page; also returns esbuild's list of their inputs. */
export async function bundlePage(): Promise<{
  readonly files: ReadonlyMap<string, string>;
  readonly metafile: Metafile;
}> {
  const { outputFiles, metafile } = await build({
    entryPoints: { page: fileURLToPath(new URL("../page/main.tsx", import.meta.url)) },
    absWorkingDir: fileURLToPath(new URL("../../..", import.meta.url)),
    bundle: true,
    write: false,
    outdir: "page",
    format: "esm",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  });
  const files = outputFiles.map(({ path, text }) => [path.replace(/^.*[/\\]/, ""), text] as const);
  return { files: new Map(files), metafile };
}
