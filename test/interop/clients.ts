import { existsSync } from "node:fs";
import path from "node:path";

/** A client, and how its two programs are built and run. What they need is looked for, and not fetched. */
export interface Client {
  /** Also its folder beside this file. */
  readonly name: string;
  readonly language: string;
  readonly package: string;
  /** The protocol that the mock must see it speak. */
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  /** Where its `seed` program is, from its folder; the page's snippets are cut from it. */
  readonly seed: string;
  /** Succeeds where the toolchain is there. */
  readonly toolchain: Command;
  /** Builds the programs, or looks for the package; it asks no registry. Fails where the package is missing. */
  readonly build: Command | undefined;
  /** What a person types, in its folder, to get the package. `.ci/interop` does it for all. */
  readonly get: string;
  readonly run: (program: "seed" | "scenarios") => Command;
}

/** A command and its arguments. */
export type Command = readonly [command: string, ...args: string[]];

/** Where `.ci/interop` puts what it installs and what is built, outside of what git knows. */
export const workFolder: string = path.join(import.meta.dirname, "../../.tmp/interop");

/** The Python of the virtual environment that `.ci/interop` makes, or the one of the machine. */
export function python(environment: string): string {
  const own = path.join(workFolder, environment, "bin/python");
  return existsSync(own) ? own : "python3";
}

const binaries = path.join(workFolder, "go");
const target = path.join(workFolder, "rust");
const node: Command = [process.execPath, "--version"];
const typescript = (program: string): Command => [
  process.execPath,
  "--import",
  "tsx",
  `${program}.ts`,
];

/** The four official clients, and ours, which must do in everything what the contract says. */
export const clients: readonly Client[] = [
  {
    name: "typescript",
    language: "TypeScript",
    package: "@s2-dev/streamstore",
    protocol: "HTTP/1.1",
    seed: "seed.ts",
    toolchain: node,
    build: undefined,
    get: "npm ci",
    run: typescript,
  },
  {
    name: "python",
    language: "Python",
    package: "s2-sdk",
    protocol: "HTTP/2",
    seed: "seed.py",
    toolchain: [python("python"), "--version"],
    build: [python("python"), "-c", "import s2_sdk"],
    get: "pip install --require-hashes -r requirements.txt",
    run: (program) => [python("python"), `${program}.py`],
  },
  {
    name: "go",
    language: "Go",
    package: "github.com/s2-streamstore/s2-sdk-go",
    protocol: "HTTP/1.1",
    seed: "seed/main.go",
    toolchain: ["go", "version"],
    build: [
      "env",
      "GOPROXY=off",
      "GOTOOLCHAIN=local",
      "go",
      "build",
      "-o",
      `${binaries}/`,
      "./...",
    ],
    get: "go mod download",
    run: (program) => [path.join(binaries, program)],
  },
  {
    name: "rust",
    language: "Rust",
    package: "s2-sdk",
    protocol: "HTTP/2",
    seed: "src/bin/seed.rs",
    toolchain: ["cargo", "--version"],
    build: ["cargo", "build", "--quiet", "--locked", "--offline", "-j1", "--target-dir", target],
    get: "cargo fetch --locked",
    run: (program) => [path.join(target, "debug", program)],
  },
  {
    name: "ours",
    language: "TypeScript",
    package: "s2-token-contract",
    protocol: "HTTP/1.1",
    seed: "seed.ts",
    toolchain: node,
    build: undefined,
    get: "npm ci",
    run: typescript,
  },
];
