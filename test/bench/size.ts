import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./program.js";
import { markdownTable } from "./table.js";

/** A program that makes the calls of the table, for either package. */
function callsOf(from: string): string {
  return `import { S2 } from ${JSON.stringify(from)};
const { accessTokens } = new S2({ accessToken: "x" });
await accessTokens.list();
for await (const token of accessTokens.listAll()) console.log(token);
await accessTokens.issue({ id: "a", scope: { ops: ["read"] } });
await accessTokens.revoke({ id: "a" });`;
}

/** What answers are mapped and checked with, and what failures are told by. */
const mapping = `export { createFetchClient } from "./generated/client.js";
export { errorTable } from "./generated/errors.js";
export * from "./src/runtime/errors.js";
export { encodeIssueAccessTokenRequest } from "./generated/models/issue-access-token-request.js";
export { decodeIssueAccessTokenResponse } from "./generated/models/issue-access-token-response.js";
export { decodeListAccessTokensResponse } from "./generated/models/list-access-tokens-response.js";`;

const official = "@s2-dev/streamstore";
const programs: Readonly<Record<string, string>> = {
  "this client, four calls": callsOf("./src/index.js"),
  [`\`${official}\`, the same four calls`]: callsOf(official),
  "this client, everything it exports": `export * from "./src/index.js"`,
  "the raw client alone (`/fetch`)": `export * from "./generated/client.js"`,
  "of it, openapi-fetch, codecs and errors": mapping,
  "openapi-fetch and ky": `export { default as openapi } from "openapi-fetch"; export { default } from "ky"`,
};

/** Parts of the client, by where their files are. */
const parts: Readonly<Record<string, string>> = {
  "openapi-fetch": "node_modules/openapi-fetch/",
  "generated: error classes and codes": "generated/errors.ts",
  "generated: codecs": "generated/models/",
  "generated: methods": "generated/",
  "calls, retries, checks, errors": "src/runtime/",
  "options of the client": "src/",
};

/** How much of a program is the client. */
export interface Sizes {
  readonly markdown: string;
  /** How many times as large the official client is, for the same calls, after gzip. */
  readonly ratio: number;
}

/** Bundles programs as for a browser and weighs them. */
export async function benchSize(): Promise<Sizes> {
  const sizes = await Promise.all(Object.values(programs).map(weigh));
  const everything = sizes[2]?.inputs ?? {};
  const base = sizes[0]?.gzip ?? Number.NaN;
  const rows = Object.keys(programs).map((name, index) => {
    const { minified = 0, gzip = 0, brotli = 0 } = sizes[index] ?? {};
    return [name, ...[minified, gzip, brotli].map(kilobytes), (gzip / base).toFixed(2)];
  });
  const head = ["bundle", "minified, kB", "gzip, kB", "brotli, kB", "ratio of gzip"];
  const markdown = `## Size

Bundled and minified by esbuild, modules of Node.js left out; 1 kB is 1000 bytes. The four calls are \`list\`, \`listAll\`, \`issue\` and
\`revoke\`. \`npm run check:size\` holds this client to a budget. The last two rows are yardsticks: what maps,
checks and fails, before there is a call, a retry, a limit of time, a page, a hook or an option; and openapi-fetch beside the retries,
limits of time and hooks of [ky](https://github.com/sindresorhus/ky), without a mapping, a check, an error class or redaction.

${markdownTable(head, rows)}

What everything is made of:

${markdownTable(["part", "minified, kB"], weights(everything))}
`;
  return { markdown, ratio: (sizes[1]?.gzip ?? Number.NaN) / base };
}

/** The minified size of each part; a file belongs to the first part that it fits. */
function weights(inputs: Weight["inputs"]): string[][] {
  const sums = new Map(Object.keys(parts).map((name) => [name, 0]));
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const name = Object.keys(parts).find((one) => file.startsWith(parts[one] ?? ""));
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + bytesInOutput);
  }
  return [...sums].map(([name, bytes]) => [name, kilobytes(bytes)]);
}

interface Weight {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
  /** What each file gave. */
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}

async function weigh(contents: string): Promise<Weight> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["node:*"],
    absWorkingDir: root,
    metafile: true,
    write: false,
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return {
    minified: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
    inputs: Object.values(metafile.outputs)[0]?.inputs ?? {},
  };
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
