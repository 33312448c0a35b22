import type { ClientHttp2Stream } from "node:http2";
import net from "node:net";

/** What came back on one connection. */
export interface RawAnswer {
  /** Undefined where the connection ended without an answer. */
  readonly status: number | undefined;
  readonly head: string;
  readonly body: string;
}

/**
 * Sends bytes on a connection of their own, and reads until an answer is whole or the connection ends.
 *
 * @param halfClose - ends the sending half after them
 */
export function exchange(
  port: number,
  payload: string | Buffer,
  { halfClose = false }: { readonly halfClose?: boolean } = {},
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    const chunks: Buffer[] = [];
    const finish = (): void => {
      socket.destroy();
      resolve(parse(Buffer.concat(chunks)));
    };
    socket.on("error", finish);
    socket.on("end", finish);
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      if (isWhole(Buffer.concat(chunks))) finish();
    });
    socket.write(typeof payload === "string" ? Buffer.from(payload, "latin1") : payload);
    if (halfClose) socket.end();
  });
}

function parse(bytes: Buffer): RawAnswer {
  const text = bytes.toString("utf8").replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, "");
  const end = text.indexOf("\r\n\r\n");
  const head = end < 0 ? text : text.slice(0, end);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  return {
    status: status === undefined ? undefined : Number(status),
    head,
    body: end < 0 ? "" : text.slice(end + 4),
  };
}

function isWhole(bytes: Buffer): boolean {
  const { status, head, body } = parse(bytes);
  if (status === undefined || !bytes.includes("\r\n\r\n")) return false;
  const length = /^content-length: (\d+)$/im.exec(head)?.[1] ?? "0";
  return Buffer.byteLength(body) >= Number(length);
}

/** What came back on a stream of HTTP/2 until its close; no status where it was taken back. */
export function answerOn(
  stream: ClientHttp2Stream,
): Promise<{ readonly status: number | undefined; readonly body: string }> {
  return new Promise((resolve) => {
    let status: number | undefined;
    let body = "";
    stream.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    stream.on("response", (answer) => {
      status = Number(answer[":status"]);
    });
    stream.on("error", () => {});
    stream.once("close", () => resolve({ status, body }));
  });
}
