/** An official client in another language, and how its program is run. What it needs is looked for, and not fetched. */
export interface OfficialClient {
  /** Also its folder beside this file. */
  readonly name: string;
  readonly package: string;
  /** The protocol that the mock must see it speak. */
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  /** Succeeds where the toolchain is there. */
  readonly toolchain: Command;
  /** Succeeds where the package is there, too; it asks no registry. */
  readonly probe: Command;
  /** What a person types, in the folder of the program, to get the package. */
  readonly get: string;
  readonly run: Command;
}

/** A command and its arguments. */
export type Command = readonly [command: string, ...args: string[]];

/** The official clients but the TypeScript one, which streamstore.test.ts runs. */
export const clients: readonly OfficialClient[] = [
  {
    name: "python",
    package: "s2-sdk",
    protocol: "HTTP/2",
    toolchain: ["python3", "--version"],
    probe: ["python3", "-c", "import s2_sdk"],
    get: "pip install s2-sdk",
    run: ["python3", "seed.py"],
  },
  {
    name: "go",
    package: "github.com/s2-streamstore/s2-sdk-go",
    protocol: "HTTP/1.1",
    toolchain: ["go", "version"],
    probe: ["env", "GOPROXY=off", "GOTOOLCHAIN=local", "go", "vet", "."],
    get: "go mod tidy",
    run: ["env", "GOPROXY=off", "GOTOOLCHAIN=local", "go", "run", "."],
  },
  {
    name: "rust",
    package: "s2-sdk",
    protocol: "HTTP/1.1",
    toolchain: ["cargo", "--version"],
    probe: ["cargo", "fetch", "--offline"],
    get: "cargo fetch",
    run: ["cargo", "run", "--quiet", "--offline"],
  },
];
