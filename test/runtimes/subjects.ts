import { runInChromium } from "./chromium.js";
import { runByCommand, type Setting } from "./command.js";
import { checkCompiler, compilers } from "./compilers.js";
import { ordinary, type Platform, platforms } from "./platforms.js";
import { findChromium, install, installBinary } from "./provide.js";
import type { Report } from "./report.js";
import { run } from "./run.js";
import type { Addresses } from "./servers.js";
import { type Tool, tools } from "./tools.js";
import { runInWorkerd } from "./workerd.js";

/** What every check works on. */
export interface Context {
  /** A project that has installed the package, and holds the programs. */
  readonly project: string;
  readonly addresses: Addresses;
}

/** What the package is checked with. */
export interface Subject {
  /** What `--only` calls it. */
  readonly name: string;
  /**
   * Gets it and checks with it.
   *
   * @throws {Missing} it cannot be had.
   */
  readonly check: (context: Context) => Promise<Checked>;
}

/** A check that was made. */
export interface Checked {
  /** What it was made with, as it calls itself. */
  readonly title: string;
  readonly report: Report;
}

/** The credential of the smoke program. */
const canary = "smoke-canary-81c40d6e";

/** Everything that the package is checked with, in order. */
export const subjects: readonly Subject[] = [
  ...platforms.map((platform) => ({
    name: platform.name,
    check: (context: Context) => checkPlatform(platform, context),
  })),
  ...tools.map((tool) => ({
    name: tool.name,
    check: (context: Context) => checkTool(tool, context),
  })),
  ...compilers.map((compiler) => ({
    name: compiler.name,
    check: async ({ project }: Context) => {
      const { version, report } = await checkCompiler(compiler, project);
      return { title: `typescript ${version}`, report };
    },
  })),
];

async function checkPlatform(
  { name, kind, binary, args, facts }: Platform,
  { project, addresses }: Context,
): Promise<Checked> {
  const command = binary === undefined ? findChromium() : await installBinary(binary);
  const setting: Setting = { ...addresses, accessToken: canary, facts };
  const runs: Readonly<Record<Platform["kind"], () => Promise<Report>>> = {
    command: () => runByCommand(command, args, project, setting),
    workerd: () => runInWorkerd(command, project, setting),
    chromium: () => runInChromium(command, project, setting),
  };
  const version = binary?.spec.split("@").at(-1) ?? (await versionOf(command, project));
  return { title: `${name.replace(/\d+$/, "")} ${version}`, report: await runs[kind]() };
}

async function checkTool(
  { name, specs, check }: Tool,
  { project, addresses }: Context,
): Promise<Checked> {
  const modules = await install(...specs);
  const setting: Setting = { ...addresses, accessToken: canary, facts: ordinary };
  const version = specs[0].split("@").at(-1);
  return { title: `${name} ${version}`, report: await check(modules, project, setting) };
}

async function versionOf(command: string, cwd: string): Promise<string> {
  const { stdout } = await run(command, ["--version"], cwd);
  return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? "of an unknown version";
}
