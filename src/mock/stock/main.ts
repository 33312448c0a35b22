/** `npm run mock:prism`: serves the generated document with the stock Prism, to compare with. */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { onShutdown } from "../cli/shutdown-signals.js";
import { defaultDocument, type Prism, startPrism } from "./prism.js";

const help = `Usage: npm run mock:prism -- [--port N] [--host ADDRESS] [any flag of \`prism mock\`]

Serves generated/openapi.json with the document's own examples, and validates each request. It keeps no
state: an issued token is not listed. It reads the document once; restart it after npm run generate.

  --port N        port to listen on; 0 chooses a free one; default 4010
  --host ADDRESS  address to listen on; default 127.0.0.1, which only this machine can reach
  --errors        also respond with an error if Prism's own response violates the document
  --dynamic       respond with random values that fit the schemas instead of examples
  --help          print this help

  For an invalid request, Prism returns an error of the document, and lists the violations in the header
  sl-violations. To choose the response, send the header

  Prefer: code=STATUS, example=NAME

with a status and the name of an example that the document has.`;

/** The parsed command line. */
interface Arguments {
  readonly help: boolean;
  readonly port: number;
  readonly host: string;
  /** Flags that are passed on to Prism. */
  readonly flags: readonly string[];
}

/** The command was used wrongly: it exits with code 2. */
class UsageError extends Error {}

function readArguments(args: readonly string[]): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    options: { port: { type: "string", short: "p" }, host: { type: "string" } },
    strict: false,
    tokens: true,
  });
  const own = new Map<string, string | undefined>();
  const taken = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== "option" || !["port", "host", "help"].includes(token.name)) continue;
    own.set(token.name, token.value);
    taken.add(token.index);
    if (token.value !== undefined && !token.inlineValue) taken.add(token.index + 1);
  }
  const port = own.has("port") ? own.get("port") : "4010";
  if (port === undefined || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`--port: expected a number from 0 to 65535, found ${port ?? "nothing"}`);
  }
  const host = own.has("host") ? own.get("host") : "127.0.0.1";
  if (host === undefined) throw new UsageError("--host: expected an address, found nothing");
  const flags = args.filter((_, index) => !taken.has(index));
  return { help: own.has("help"), port: Number(port), host, flags };
}

function welcome({ url, sampleUrl }: Prism): string {
  const example = sampleUrl && `\n  curl -H "Authorization: Bearer any" ${sampleUrl}`;
  return `
The mock serves ${relative(process.cwd(), defaultDocument)} at ${url}
${example ?? ""}
  new S2({ accessToken: "any", endpoint: "${url}" })

To choose the response, add a header such as "Prefer: code=STATUS, example=NAME".
More: npm run mock:prism -- --help. Ctrl-C stops the mock.
${isLoopback(url) ? "" : "\nOther machines can reach it; it responds to their requests and logs them.\n"}
`;
}

function isLoopback(url: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(url).hostname);
}

async function main(): Promise<number> {
  const { help: wantsHelp, ...options } = readArguments(process.argv.slice(2));
  if (wantsHelp) {
    console.log(help);
    return 0;
  }
  let stopping = false;
  const write = (text: string): boolean => process.stdout.write(text);
  let live = false;
  // Output before Prism listens is printed at the start, or becomes part of the error if Prism does not start.
  const output = (text: string): boolean => live && write(text);
  const started = startPrism({ ...options, output });
  const stop = (): void => {
    stopping = true;
    started.then(
      (prism) => prism.stop(),
      () => {},
    );
  };
  onShutdown(stop);
  const prism = await started;
  if (!stopping) write(prism.log() + welcome(prism));
  live = true;
  await prism.ended;
  if (stopping) return 0;
  console.error(
    "\nPrism has stopped by itself; its last output is above. Some requests crash the stock Prism,\n" +
      "such as a path with a broken percent escape or an Accept header that it cannot read.",
  );
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`npm run mock:prism: ${error instanceof Error ? error.message : error}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
