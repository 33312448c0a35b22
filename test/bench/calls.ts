import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import type { Measured } from "./calls-program.js";
import { node, root } from "./program.js";
import { ratios, summarise } from "./statistics.js";
import { markdownTable } from "./table.js";

/** How long calls take. */
export interface CallTimes {
  readonly markdown: string;
  /** How many times as long the official client takes to list 1000 tokens over a stubbed `fetch`. */
  readonly ratio: number;
}

/**
 * Measures the calls of this client and of others.
 *
 * @param against - a revision of the repository, whose client is measured too
 */
export async function benchCalls(against?: string): Promise<CallTimes> {
  // Below node_modules, so that packages which are not bundled are found from there.
  const folder = path.join(root, "node_modules", ".bench");
  try {
    await build({
      entryPoints: [path.join(import.meta.dirname, "calls-program.ts")],
      bundle: true,
      packages: "external",
      format: "esm",
      platform: "node",
      target: "node20",
      outdir: folder,
      outExtension: { ".js": ".mjs" },
    });
    const before = against === undefined ? [] : [`at ${against}`, await clientAt(against, folder)];
    const printed = node([path.join(folder, "calls-program.mjs"), ...before]);
    // The program is ours, and prints this.
    return report(JSON.parse(printed) as readonly Measured[]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bundles the client of a revision. */
async function clientAt(revision: string, folder: string): Promise<string> {
  const sources = path.join(folder, "sources");
  mkdirSync(sources, { recursive: true });
  const archive = execFileSync("git", ["archive", revision, "src", "generated"], {
    cwd: root,
    maxBuffer: 2 ** 28,
  });
  execFileSync("tar", ["-x", "-C", sources], { input: archive });
  const file = path.join(folder, "before.mjs");
  await build({
    entryPoints: [path.join(sources, "src", "index.ts")],
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
    outfile: file,
  });
  return file;
}

function report(measured: readonly Measured[]): CallTimes {
  const transports = [...new Set(measured.map(({ transport }) => transport))];
  const sections = transports.map((transport) => {
    const own = measured.filter((one) => one.transport === transport);
    const names = own[0]?.times.map(({ name }) => name) ?? [];
    const times = own.map(({ call, times }) => [call, ...times.map(({ micros }) => shown(micros))]);
    const against = own.map((one) => [
      one.call,
      ...names.slice(1).map((name) => shown(timesAsLong(one, name), 2)),
    ]);
    return `### ${transport}

Microseconds of a call:

${markdownTable(["call", ...names], times)}

How many times as long this client takes:

${markdownTable(["call", ...names.slice(1).map((name) => `than ${name}`)], against)}
`;
  });
  const largest = measured.find(({ call }) => call === "list of 1000");
  const slower = largest === undefined ? [] : timesAsLong(largest, "@s2-dev/streamstore");
  return { markdown: introduction + sections.join("\n"), ratio: 1 / summarise(slower).median };
}

const introduction = `## Calls

Medians, with the middle half of all rounds in brackets. The clients take turns in one process, and a ratio is taken within each
round.

- \`hand-written\` is the lower bound: \`fetch\`, \`JSON.parse\` and the same mapping, without checks, timeouts or retries.
- \`openapi-fetch\` is the library below this client, with the contract's types: without mapping, checks or timeouts.
- \`openapi-fetch, limited\` is the same with an \`AbortController\` and a timer, which give each call ten seconds, as here.
- \`@s2-dev/streamstore\` is the official client. Its timeouts do not apply to these calls.

The stubbed \`fetch\` replaces the platform's and responds at once, so that only the client's own work is measured. The one that makes a
request first converts its arguments to a \`Request\`, as every \`fetch\` does. In Node.js, a \`Request\` with a signal is slow to make, and a
client that passes one to \`fetch\` makes it twice.

`;

/** How many times as long as another the client takes, by round. */
function timesAsLong({ times }: Measured, other: string): number[] {
  const base = times.find(({ name }) => name === other)?.micros ?? [];
  return ratios(times[0]?.micros ?? [], base);
}

function shown(values: readonly number[], digits?: number): string {
  const { low, median, high } = summarise(values);
  const text = (value: number): string => value.toFixed(digits ?? (value < 100 ? 1 : 0));
  return `${text(median)} (${text(low)}–${text(high)})`;
}
