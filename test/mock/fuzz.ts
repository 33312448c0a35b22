/**
 * Sends random requests over both protocols, most of them nearly valid, and looks for an answer that has not the shape
 * of the contract, a hang, an unhandled rejection, a process that ends, or memory that is not given back.
 *
 *   npm run build && npm run fuzz -- --count 100000 --seed 1
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type ClientHttp2Session, connect } from "node:http2";
import net from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type FuzzRequest, fuzzSessions, randomRequest } from "./fuzz-requests.js";
import { answerOn, exchange } from "./raw.js";

const { values } = parseArgs({
  options: {
    count: { type: "string" },
    seed: { type: "string" },
    connections: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help === true) {
  console.log(
    "npm run fuzz -- [--count 100000] [--seed 1] [--connections 10000]; npm run build comes first",
  );
  process.exit();
}
const count = Number(values.count ?? 100_000);
const seed = Number(values.seed ?? 1);
/** How many are open at once at the end, and say nothing. */
const connections = Number(values.connections ?? 10_000);
/** What an answer may take before it is called a hang. */
const patience = 20_000;

const cli = fileURLToPath(new URL("../../dist/mock/cli.js", import.meta.url));
const child = spawn(
  process.execPath,
  [
    ...["--expose-gc", "--import", new URL("./heap-probe.mjs", import.meta.url).href],
    ...["--unhandled-rejections=strict", cli, "mock", "--port", "0", "--json", "--quiet"],
  ],
  { stdio: ["pipe", "pipe", "pipe", "ipc"] },
);
let errors = "";
child.stderr?.setEncoding("utf8").on("data", (text: string) => {
  errors += text;
});
const ended = once(child, "close");
const [line] = await once(child.stdout?.setEncoding("utf8") ?? child, "data");
const { url, port, controlToken }: { url: string; port: number; controlToken: string } =
  JSON.parse(line);

const statuses = new Map<string, number>();
const failures: string[] = [];
const memory: number[] = [];
let session = open();

function open(): ClientHttp2Session {
  const opened = connect(url);
  opened.on("error", () => {});
  return opened;
}

async function send(request: FuzzRequest): Promise<void> {
  const answer = request.protocol === "HTTP/2" ? overHttp2(request) : overHttp1(request);
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer in ${patience} ms`), patience);
  });
  const fault = await Promise.race([answer, hang]);
  clearTimeout(timer);
  if (fault !== undefined) failures.push(`${fault}: ${JSON.stringify(request).slice(0, 500)}`);
}

async function overHttp1({
  method,
  path,
  headers,
  body,
}: FuzzRequest): Promise<string | undefined> {
  const head = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  const bytes = Buffer.from(body, "latin1");
  const length = `content-length: ${bytes.length}\r\nconnection: close\r\n`;
  const start = Buffer.from(
    `${method} ${path} HTTP/1.1\r\nhost: localhost\r\n${head}${length}\r\n`,
    "latin1",
  );
  const answer = await exchange(port, Buffer.concat([start, bytes]));
  return faultOf(answer.status, method === "HEAD" ? undefined : answer.body);
}

async function overHttp2({
  method,
  path,
  headers,
  body: sent,
}: FuzzRequest): Promise<string | undefined> {
  if (session.destroyed || session.closed) session = open();
  const stream = session.request(
    { ":method": method, ":path": path, ...headers },
    { endStream: false },
  );
  stream.end(Buffer.from(sent, "latin1"));
  const { status, body } = await answerOn(stream);
  // A request that HTTP/2 itself forbids is taken back by the protocol.
  return status === undefined ? undefined : faultOf(status, method === "HEAD" ? undefined : body);
}

function faultOf(status: number | undefined, body: string | undefined): string | undefined {
  const kind = status === undefined ? "none" : String(status);
  statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
  if (status === undefined) return "no answer";
  if (status >= 500 && status !== 501 && !body?.includes('"code":"mock_')) return undefined;
  if (status >= 500) return `status ${status}, ${body}`;
  if (status < 400 || body === undefined) return undefined;
  try {
    const { code, message }: { code: unknown; message: unknown } = JSON.parse(body);
    return typeof code === "string" && typeof message === "string" ? undefined : `shape ${body}`;
  } catch {
    return `no JSON ${body.slice(0, 200)}`;
  }
}

/** Bytes that the process of the mock holds, as the system counts them. */
async function residentBytes(): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
}

/** Bytes that are still in use once every session is reset, as the process of the mock counts them. */
async function bytesInUse(): Promise<number> {
  const authorization = `Bearer ${controlToken}`;
  for (const name of ["default", ...fuzzSessions]) {
    const headers = { authorization, "mock-session": name };
    const { status } = await fetch(`${url}/__mock/reset`, { method: "POST", headers });
    if (status !== 204) failures.push(`a reset was answered with ${status}`);
  }
  child.send("in use?");
  const [bytes]: number[] = await once(child, "message");
  return bytes ?? Number.NaN;
}

async function sayNothing(): Promise<void> {
  const sockets: net.Socket[] = [];
  for (let index = 0; index < connections; index += 1) {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", () => {});
    sockets.push(socket);
    if (index % 100 === 0) await once(socket, "connect").catch(() => {});
  }
  await send(randomRequest(seed));
  const open = sockets.filter(({ readyState }) => readyState === "open").length;
  console.log(`${open} of ${connections} connections were open at once and said nothing`);
  for (const socket of sockets) socket.destroy();
  await send(randomRequest(seed));
}

/** Sends the random requests of these numbers, and tells of each. */
async function sendAll(
  from: number,
  to: number,
  done: (index: number) => Promise<void>,
): Promise<void> {
  let next = from;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next < to && child.exitCode === null) {
        const index = next;
        next += 1;
        await send(randomRequest(seed + index));
        await done(index);
      }
    }),
  );
}

const start = performance.now();
const step = Math.max(1, Math.floor(count / 10));
// What the first requests load and compile is no leak.
await sendAll(count, count + 2000, async () => {});
const before = await bytesInUse();
await sendAll(0, count, async (index) => {
  if (index % step === 0) memory.push(await residentBytes());
});
memory.push(await residentBytes());
session.destroy();
await sayNothing();
const after = await bytesInUse();
const alive = child.exitCode === null;
child.kill("SIGTERM");
const [code] = await ended;

const seconds = (performance.now() - start) / 1000;
const megabytes = memory.map((bytes) => Math.round(bytes / 1_048_576));
console.log(
  `${count} random requests over both protocols, seed ${seed}, in ${seconds.toFixed(0)} s`,
);
console.log(
  `statuses: ${[...statuses]
    .sort()
    .map(([kind, many]) => `${kind}: ${many}`)
    .join(", ")}`,
);
console.log(`memory of the process, MB: ${megabytes.join(" ")}`);
console.log(
  `in use after a reset, MB: ${inMegabytes(before)} before, ${inMegabytes(after)} at the end`,
);
console.log(`the process ${alive ? "was there at the end" : "has ended early"}, exit code ${code}`);
// The system's count settles and does not sink, because pages are kept for what comes next; what is in use comes back.
const settled = megabytes[Math.floor(megabytes.length / 2)] ?? 0;
const grown = (megabytes.at(-1) ?? 0) - settled;
const kept = (after - before) / 1_048_576;
const complaint = errors.replace("The mock has stopped.\n", "").trim();
if (complaint !== "") console.log(`it wrote: ${complaint}`);
for (const failure of failures.slice(0, 20)) console.log(failure);
const isFine =
  alive && code === 0 && failures.length === 0 && complaint === "" && grown < 60 && kept < 3;
console.log(
  `${failures.length} answers out of shape, ${grown} MB grown in the second half, ${kept.toFixed(1)} MB not given back: ${isFine ? "passed" : "FAILED"}`,
);
process.exitCode = isFine ? 0 : 1;

function inMegabytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1);
}
