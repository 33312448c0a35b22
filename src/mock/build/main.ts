/** Bundles the mock and the command with their dependencies, so that the package does not have to install these. */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { viewerAssets } from "../api/viewer.js";
import { bundling } from "./bundling.js";
import { leaveOut } from "./leave-out.js";
import { notices } from "./notices.js";
import { bundlePage } from "./page.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = join(root, "dist", "mock");

/** The mock returns clients of the package, so it imports them instead of bundling a second copy. */
const clientOfPackage: Plugin = {
  name: "client-of-package",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/s2\.js$/ }, () => ({ path: "../src/index.js", external: true }));
  },
};

/** The command needs only the version from the manifest. */
const versionAlone: Plugin = {
  name: "version-alone",
  setup({ onLoad }) {
    onLoad({ filter: /package\.json$/ }, async ({ path }) => {
      if (path !== join(root, "package.json")) return undefined;
      const { version }: { version: string } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

const bundle = await build({
  absWorkingDir: root,
  ...bundling,
  entryPoints: [join(root, "src", "mock", "index.ts"), join(root, "src", "cli.ts")],
  outdir: folder,
  entryNames: "[name]",
  // All chunks are in one folder, so that the viewer's files are next to the chunk that looks for them.
  chunkNames: "[name]-[hash]",
  minify: true,
  // For an uncaught error, Node.js prints its whole line of code, which must not be all of Prism.
  lineLimit: 160,
  legalComments: "none",
  metafile: true,
  plugins: [leaveOut, clientOfPackage, versionAlone],
});
const viewer = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
await mkdir(join(folder, "viewer"));
for (const name of viewerAssets) {
  // Without the reference to the source map, which is not shipped.
  const text = await readFile(join(viewer, name), "utf8");
  const bare = text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=.*\n?$/, "\n");
  await writeFile(join(folder, "viewer", name), bare);
}
const page = await bundlePage();
await mkdir(join(folder, "page"));
for (const [name, text] of page.files) await writeFile(join(folder, "page", name), text);
await copyFile(
  join(root, "src", "mock", "api", "control.openapi.json"),
  join(folder, "control.openapi.json"),
);
await writeFile(
  join(folder, "THIRD-PARTY-NOTICES.txt"),
  (await notices(root, [
    ...Object.keys(bundle.metafile.inputs),
    ...Object.keys(page.metafile.inputs),
    "node_modules/swagger-ui-dist/package.json",
  ])) + (await readFile(new URL("viewer-licenses.txt", import.meta.url), "utf8")),
);
