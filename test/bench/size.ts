import { brotliCompressSync, gzipSync } from "node:zlib";
import { type BuildOptions, build, transform } from "esbuild";
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

/** What the four calls are made of, by feature: files, by the beginning of their path. */
const features: Readonly<Record<string, readonly string[]>> = {
  "openapi-fetch: requests, the raw client, middleware": ["node_modules/openapi-fetch/"],
  "attempts, retries, outcomes, timeouts, abort": [
    "src/runtime/attempts.ts",
    "src/runtime/exchange.ts",
    "src/runtime/retry.ts",
    "src/runtime/timeout.ts",
    "src/runtime/abort-listener.ts",
    "src/runtime/call.ts",
  ],
  "error classes, statuses and codes": [
    "generated/errors.ts",
    "src/runtime/errors.ts",
    "src/runtime/response-errors.ts",
  ],
  "options, and messages for wrong ones": [
    "src/s2.ts",
    "generated/api.ts",
    "generated/client.ts",
    "src/runtime/connect.ts",
    "src/runtime/prepare.ts",
    "src/runtime/policy.ts",
    "src/runtime/headers.ts",
    "src/runtime/names.ts",
    "src/runtime/input-error.ts",
  ],
  "codecs: mapping, checks, undeclared fields, places in errors": [
    "generated/models/",
    "src/runtime/check.ts",
    "src/runtime/undeclared.ts",
    "src/runtime/validation-error.ts",
    "src/runtime/unrecognized.ts",
  ],
  "secrets taken out of errors and events": ["src/runtime/redact.ts", "src/runtime/cause.ts"],
  "methods of the resource": ["generated/resources/"],
  "dates: RFC 3339, leap seconds, epoch seconds": ["src/runtime/dates.ts"],
  "listAll: pages, toArray, listings that do not end": ["src/runtime/paginate.ts"],
  "endpoint and environment": ["src/runtime/endpoint.ts", "src/runtime/environment.ts"],
  "limits of input: bytes, ranges, path segments": ["src/runtime/limits.ts"],
  "credentials, and messages for wrong tokens": [
    "src/runtime/security.ts",
    "src/runtime/bearer.ts",
  ],
  "responses that are too large": ["src/runtime/response-limit.ts"],
  "network errors told apart": ["src/runtime/transport.ts"],
  "one Request for each attempt, bodies sent once": [
    "src/runtime/request-init.ts",
    "src/runtime/one-shot-body.ts",
  ],
  "stacks with the caller's line": ["src/runtime/caller.ts"],
  hooks: ["src/runtime/hooks.ts"],
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
\`revoke\`. \`npm run check:size\` limits the size of this client. The last two rows are for comparison: the
mapping, checks and errors of this client, without calls, retries, timeouts, pages, hooks and options; and openapi-fetch with the retries,
timeouts and hooks of [ky](https://github.com/sindresorhus/ky), without mapping, checks, error classes and redaction.

${markdownTable(head, rows)}

What everything is made of:

${markdownTable(["part", "minified, kB"], weights(everything))}

What each feature costs the four calls. The last column is what gzip saves if the files of the feature, and nothing else, are left out of
the bundle; features share words, so that the column adds up to less than the whole.

${markdownTable(["feature", "minified, kB", "gzip, kB"], await costs())}
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

/** What each feature adds to the four calls, the dearest first. */
async function costs(): Promise<string[][]> {
  const modules = await modulesOf(callsOf("./src/index.js"));
  const gzipWithout = (files: ReadonlySet<string>): number =>
    gzip([...modules].map(([file, code]) => (files.has(file) ? "" : code)).join(""));
  const whole = gzipWithout(new Set());
  const owned = new Set<string>();
  const rows = Object.entries(features).map(([feature, starts]) => {
    const files = [...modules.keys()].filter((file) => starts.some((at) => file.startsWith(at)));
    for (const file of files) owned.add(file);
    const minified = files.reduce((sum, file) => sum + (modules.get(file)?.length ?? 0), 0);
    return { feature, minified, gzip: whole - gzipWithout(new Set(files)) };
  });
  const lost = [...modules.keys()].filter((file) => !owned.has(file) && file !== "<stdin>");
  if (lost.length > 0) throw new Error(`of no feature: ${lost.join(", ")}`);
  return rows
    .sort((one, other) => other.gzip - one.gzip)
    .map((row) => [row.feature, kilobytes(row.minified), (row.gzip / 1000).toFixed(2)]);
}

/** The minified code of each file in a bundle. */
async function modulesOf(contents: string): Promise<ReadonlyMap<string, string>> {
  // With white space, esbuild says which file each part is from.
  const { outputFiles } = await build({
    ...asForBrowsers(contents),
    minify: false,
    minifyIdentifiers: true,
    minifySyntax: true,
  });
  const parts = (outputFiles[0]?.text ?? "").split(/^\/\/ (?=\S+$)/m).slice(1);
  const modules = parts.map(async (part): Promise<[string, string]> => {
    const [file = "", ...lines] = part.split("\n");
    const { code } = await transform(lines.join("\n"), { minifyWhitespace: true });
    return [file, code];
  });
  return new Map(await Promise.all(modules));
}

interface Weight {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
  /** What each file gave. */
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}

function asForBrowsers(contents: string) {
  return {
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
  } as const satisfies BuildOptions;
}

async function weigh(contents: string): Promise<Weight> {
  const { outputFiles, metafile } = await build(asForBrowsers(contents));
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return {
    minified: code.length,
    gzip: gzip(code),
    brotli: brotliCompressSync(code).length,
    inputs: Object.values(metafile.outputs)[0]?.inputs ?? {},
  };
}

function gzip(code: string | Uint8Array): number {
  return gzipSync(code, { level: 9 }).length;
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
