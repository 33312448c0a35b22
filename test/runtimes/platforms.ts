/** The platforms that the package is run on, and what is known to differ between them. */

/** What a platform does below the client, where platforms differ. The smoke program holds each to its row. */
export interface Facts {
  /** What a refused connection says of an `issue`: `unknown` where the platform does not tell it from a lost one. */
  readonly refused: "none" | "unknown";
  /** Methods that it sends again by itself when the server has closed a connection that was kept. */
  readonly resends: readonly string[];
  /** Whether a redirect that is not followed keeps its status. */
  readonly showsRedirects: boolean;
  /** Whether a program may set the header `User-Agent`. */
  readonly setsUserAgent: boolean;
}

/** An executable inside a package of the npm registry, which holds it whole: no script of it has to run. */
export interface NpmBinary {
  /** The exact version to install, as `name@version`. */
  readonly spec: string;
  /** Where in `node_modules` the executable is; `*` stands for one folder, named after the machine. */
  readonly file: string;
}

/** A platform, where it comes from, and how it runs a program. */
export interface Platform {
  /** What `--only` calls it. */
  readonly name: string;
  /** What runs the program; `command` is an executable that takes a file. */
  readonly kind: "command" | "workerd" | "chromium";
  /** Where it comes from; `undefined` for what the machine must have. */
  readonly binary: NpmBinary | undefined;
  /** Arguments before the program. */
  readonly args: readonly string[];
  readonly facts: Facts;
}

/** What Node.js does. */
export const ordinary: Facts = {
  refused: "none",
  resends: [],
  showsRedirects: true,
  setsUserAgent: true,
};

function node(version: string): Platform {
  const system = `node-${process.platform}-${process.arch}`;
  return {
    name: `node${version.split(".")[0]}`,
    kind: "command",
    binary: { spec: `${system}@${version}`, file: `${system}/bin/node` },
    args: [],
    facts: ordinary,
  };
}

/** Every platform, in the order in which they run. The first Node.js is the oldest that the package promises. */
export const platforms: readonly Platform[] = [
  node("20.19.0"),
  node("22.23.3"),
  node("24.21.0"),
  node("26.10.0"),
  {
    name: "deno",
    kind: "command",
    binary: { spec: "deno@2.9.6", file: "@deno/*/deno" },
    args: ["run", "--no-prompt", "--allow-net=127.0.0.1"],
    facts: { ...ordinary, resends: ["DELETE"] },
  },
  {
    name: "bun",
    kind: "command",
    binary: { spec: "bun@1.4.4", file: "@oven/*/bin/bun" },
    args: [],
    facts: { ...ordinary, resends: ["DELETE"] },
  },
  {
    name: "workerd",
    kind: "workerd",
    binary: { spec: "workerd@1.20261117.1", file: "@cloudflare/*/bin/workerd" },
    args: [],
    facts: { ...ordinary, refused: "unknown", resends: ["DELETE"] },
  },
  {
    name: "chromium",
    kind: "chromium",
    binary: undefined,
    args: [],
    facts: {
      refused: "unknown",
      resends: ["DELETE", "POST"],
      showsRedirects: false,
      setsUserAgent: false,
    },
  },
];
