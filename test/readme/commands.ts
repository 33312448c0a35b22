import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { filesBelow, readText, root } from "./project.js";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

// The files are our own, and npm holds them to this shape.
const manifest = JSON.parse(readText("package.json")) as Manifest;
const generator = JSON.parse(readText("scripts/package.json")) as Manifest;

/** The commands of a shell text, each as its words; comments and continued lines are taken care of. */
export function commandsOf(shell: string): string[][] {
  return shell
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .flatMap((line) => line.split(/\s&&\s/))
    .map(wordsOf)
    .filter((words) => words.length > 0);
}

/**
 * Checks one command of a text against the project: its scripts, their flags, its tools, its name and version.
 *
 * @param origin - where requests to the mock's usual port go in this run
 * @returns what is wrong with it; `undefined` if nothing is
 */
export async function faultOf(
  words: readonly string[],
  origin: string,
): Promise<string | undefined> {
  // `npx --no` runs what is installed, and installs nothing.
  const [command, first, ...rest] = words[1] === "--no" ? words.toSpliced(1, 1) : words;
  if (command === "npm" && first === "run") return faultOfScript(rest);
  if (command === "npm" && first === "test") return faultOfScript(["test", ...rest]);
  if (command === "npm" && first === "install") return faultOfInstall(rest);
  if (command === "npm" && first === "pack" && rest[0] === "-w") {
    return rest[1] === generator.name ? undefined : `no workspace ${rest[1]}`;
  }
  if (command === "npm" && (first === "ci" || first === "pack" || first === "publish")) {
    return rest.length === 0 ? undefined : `npm ${first} takes nothing here: ${rest.join(" ")}`;
  }
  if (command === "npx" && first === manifest.name) {
    const [name = "", ...args] = rest;
    // Each of its commands is a script of the same name here.
    return faultOfScript(args.length === 0 ? [name] : [name, "--", ...args]);
  }
  if (command === "npx" && first === generator.name) {
    const [name, ...args] = rest;
    return faultOfScript(name === "change" ? [name, "--", ...args] : ["generate", "--", ...rest]);
  }
  if (command === "npx" && first !== undefined) {
    return isFile(`node_modules/.bin/${first}`) ? undefined : `${first} is no tool of this project`;
  }
  if (command === "curl") return faultOfRequest(words.slice(1), origin);
  if ((command === "bash" || command === "node") && first !== undefined) {
    // test/clientwright runs the commands that write and start this program.
    return isFile(first) || first === "build/main.js" ? undefined : `no such file: ${first}`;
  }
  if (command === "echo") return undefined;
  if (command === "export" && first !== undefined) return faultOfVariable(first);
  return `neither a script of the project nor a command that this test knows: ${words.join(" ")}`;
}

async function faultOfScript(words: readonly string[]): Promise<string | undefined> {
  const [script, dashes, ...args] = words;
  if (script === undefined || manifest.scripts[script] === undefined) return `no script ${script}`;
  if (dashes === undefined) return undefined;
  if (dashes !== "--") return `arguments of npm run ${script} come after --`;
  const known = (await helpOf(script)).split(/[^\w-]+/);
  const unknown = args.find((arg) => arg.startsWith("-") && !known.includes(arg));
  return unknown === undefined ? undefined : `npm run ${script} -- --help knows no ${unknown}`;
}

const helps: Map<string, Promise<string>> = new Map();

function helpOf(script: string): Promise<string> {
  const known = helps.get(script);
  if (known !== undefined) return known;
  const asked = promisify(execFile)("npm", ["run", "--silent", script, "--", "--help"], {
    cwd: root,
    timeout: 30_000,
  }).then(({ stdout }) => stdout);
  helps.set(script, asked);
  return asked;
}

/** A tarball may be in any folder: readers install it from the clone that packed it. */
function faultOfInstall(words: readonly string[]): string | undefined {
  const tarballs = [manifest, generator].map(({ name, version }) => `${name}-${version}.tgz`);
  const needed = Object.keys(generator.dependencies);
  const isKnown = (word: string): boolean =>
    word === "--save-dev" ||
    needed.includes(word) ||
    (/^\.{1,2}\//.test(word) && tarballs.includes(path.basename(word)));
  const unknown = words.find((word) => !isKnown(word));
  return unknown === undefined ? undefined : `neither ${tarballs.join(" nor ")}: ${unknown}`;
}

function faultOfVariable(assignment: string): string | undefined {
  const name = assignment.split("=")[0] ?? "";
  const isRead = filesBelow("src", ".ts").some((file) => readText(file).includes(`"${name}"`));
  return isRead ? undefined : `nothing in src/ reads ${name}`;
}

/** Makes the request of a curl command, whose result is an answer of 2xx or one that was asked for. */
async function faultOfRequest(
  words: readonly string[],
  origin: string,
): Promise<string | undefined> {
  const headers = new Headers();
  let method: string | undefined;
  let body: string | undefined;
  let url: string | undefined;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "-i") continue;
    if (word.startsWith("-")) {
      index += 1;
      const value = words[index] ?? "";
      if (word === "-H") headers.append(...headerOf(value));
      else if (word === "-X") method = value;
      else if (word === "-d") body = value;
      else return `this test knows no curl ${word}`;
    } else url = word;
  }
  if (!url?.startsWith("http://127.0.0.1:4010/")) return `not the mock's usual address: ${url}`;
  const response = await fetch(url.replace("http://127.0.0.1:4010", origin), {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers,
    ...(body !== undefined && { body }),
  });
  const asked = /\bcode=(\d+)/.exec(headers.get("prefer") ?? "")?.[1];
  const isAsGiven = asked === undefined ? response.ok : response.status === Number(asked);
  return isAsGiven ? undefined : `answered ${response.status}: ${await response.text()}`;
}

function headerOf(text: string): [string, string] {
  const [name = "", ...value] = text.split(":");
  return [name.trim(), value.join(":").trim()];
}

function isFile(file: string): boolean {
  return existsSync(path.join(root, file));
}

/** Words as a shell splits them: quotes group, a `#` that starts a word starts a comment. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [word] of line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
    if (word.startsWith("#")) break;
    words.push(word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
  }
  return words;
}
