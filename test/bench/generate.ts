/**
 * How long the generator takes beside openapi-typescript alone, on the same document and in the same run: machines
 * are noisy, so the ratios are what counts. `npm run bench`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..", "..");
const spec = path.join(root, "openapi", "openapi.yaml");
const rounds = 9;

/** Milliseconds that a command takes from start to end. */
function time(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} failed:\n${stderr}`);
  return performance.now() - start;
}

/** The middle of the measured times, and how far they spread, in milliseconds. */
function summary(times: readonly number[]): { median: number; low: number; high: number } {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (part: number): number => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
  return { median: at(0.5), low: at(0), high: at(1) };
}

const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
try {
  const out = path.join(folder, "generated");
  const cli = path.join(root, "node_modules", "openapi-typescript", "bin", "cli.js");
  const generate = [path.join(root, "scripts", "run.mjs"), "--spec", spec, "--out", out];
  const measured = {
    "openapi-typescript CLI alone": [cli, spec, "--output", path.join(folder, "wire.ts")],
    "npm run generate, everything": generate,
    "npm run generate, nothing changed": generate,
  };
  const times = Object.keys(measured).map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    // Without its output, the generator does all of its work; the run after it finds nothing to do.
    rmSync(out, { recursive: true, force: true });
    for (const [index, args] of Object.values(measured).entries()) times[index]?.push(time(args));
  }
  const rows = Object.keys(measured).map((name, index) => ({
    name,
    ...summary(times[index] ?? []),
  }));
  const base = rows[0]?.median ?? Number.NaN;
  const width = Math.max(...rows.map(({ name }) => name.length));
  process.stdout.write(`${rounds} rounds, taking turns; times in ms\n\n`);
  process.stdout.write(`${"".padEnd(width)}  median   lowest   highest   ratio\n`);
  for (const { name, median, low, high } of rows) {
    const columns = [median, low, high].map((value, index) =>
      value.toFixed(0).padStart([6, 9, 10][index] ?? 9),
    );
    process.stdout.write(
      `${name.padEnd(width)}  ${columns.join("")}${(median / base).toFixed(2).padStart(8)}\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
