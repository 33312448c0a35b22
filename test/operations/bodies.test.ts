import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../golden/bodies/want/api.js";
import { withResponse } from "../golden/bodies/want/index.js";
import { json, type RealServer, startServer } from "./server.js";

let server: RealServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const connected = (): ReturnType<typeof createClient> =>
  createClient({ baseUrl: server.baseUrl, retry: { baseDelay: 1, maxDelay: 1 } });
const type = (): string => server.last().headers["content-type"] ?? "";
const body = (): string => server.last().body.toString();
const file = { id: "f", name: "n" };
const checksum = "0".repeat(64);

test("multipart: files, lists, a part of JSON, a part with a media type of its own", async () => {
  server.answer = json(201, file);
  const stored = await connected().files.upload({
    fileXChecksum: checksum,
    fileXParts: 1,
    file: new File(["bytes"], "a.bin", { type: "image/png" }),
    previews: [new Uint8Array([1]), new Blob(["2"])],
    tags: ["a", "b"],
    owner: { userName: "ü" },
    note: "# hi",
  });
  expect(stored).toEqual(file);
  const form = await new Response(new Uint8Array(server.last().body), {
    headers: { "content-type": type() },
  }).formData();
  expect([...form.keys()]).toEqual([
    "file",
    "note",
    "owner",
    "previews",
    "previews",
    "tags",
    "tags",
  ]);
  expect(form.get("owner")).toBe('{"user_name":"ü"}');
  const headers = `Content-Type: image/png\r\nX-Kind: original\r\nX-Checksum: ${checksum}\r\nX-Parts: 1`;
  expect(body()).toContain(`name="file"; filename="a.bin"\r\n${headers}\r\n\r\nbytes`);
  expect(body()).toContain('name="owner"\r\nContent-Type: application/json');
  expect(body()).toContain('name="note"\r\nContent-Type: text/markdown');
});

test.each<[string, object, string]>([
  ["no file", { fileXChecksum: checksum }, "file: expected a Blob, a File or bytes"],
  ["a text as a file", { file: "bytes" }, "file: expected a Blob, a File or bytes"],
  ["an unknown field", { file: new Blob([]), fiel: 1 }, "fiel: expected"],
  ["no header that a part needs", { file: new Blob([]) }, "fileXChecksum: expected a string"],
  ["a wrong header", { file: new Blob([]), fileXChecksum: "0" }, "fileXChecksum: expected"],
])("a form with %s is refused before anything is sent", async (_, input, message) => {
  const before = server.seen.length;
  // What callers without types may give.
  const call = connected().files.upload(input as never);
  await expect(call).rejects.toThrow(message);
  expect(server.seen).toHaveLength(before);
});

test("a form with styles", async () => {
  server.answer = (response) => void response.writeHead(204).end();
  await connected().files.search({
    query: "a&b c",
    kinds: ["x", "y"],
    size: { gte: 1 },
    where: { path: "/p" },
  });
  expect(type()).toBe("application/x-www-form-urlencoded");
  const [plain, ...rest] = body().split("&");
  expect(plain).toBe("query=a%26b%20c");
  expect(rest).toEqual([
    "kinds=x,y",
    "size[gte]=1",
    `where=${encodeURIComponent('{"path":"/p"}')}`,
  ]);
});

describe("one operation, several media types", () => {
  const input = { fileId: "1" } as const;
  test("JSON by default, of its own kind", async () => {
    server.answer = json(200, file);
    expect(await connected().files.edit({ ...input, name: "n", expiresAt: new Date(0) })).toEqual(
      file,
    );
    expect([type(), body()]).toEqual([
      "application/merge-patch+json",
      '{"name":"n","expires_at":"1970-01-01T00:00:00.000Z"}',
    ]);
    expect(server.last().headers.accept).toBe("application/json");
  });
  test("a form", async () => {
    const options = { contentType: "application/x-www-form-urlencoded" } as const;
    await connected().files.edit({ ...input, body: { name: "a b" } }, options);
    expect([type(), body()]).toEqual([options.contentType, "name=a%20b"]);
  });
  test("XML, as the text that it is, and HTML back", async () => {
    server.answer = (response) =>
      void response.writeHead(200, { "content-type": "text/html" }).end("<p>");
    const options = { contentType: "application/xml", accept: "text/html" } as const;
    expect(await connected().files.edit({ ...input, body: "<a/>" }, options)).toBe("<p>");
    expect([type(), body(), server.last().headers.accept]).toEqual([
      "application/xml",
      "<a/>",
      "text/html",
    ]);
  });
  test("none that the contract lacks", async () => {
    const options: object = { contentType: "text/csv" };
    await expect(connected().files.edit({ ...input, name: "n" }, options)).rejects.toThrow(
      "options.contentType: expected application/merge-patch+json or",
    );
  });
});

describe("bytes", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  test("are sent from a view, a Blob or a stream", async () => {
    server.answer = (response) => void response.writeHead(204).end();
    for (const given of [bytes, bytes.buffer, new Blob([bytes]), new Blob([bytes]).stream()]) {
      await connected().files.replace({ fileId: "1", body: given });
      expect([type(), server.last().body.equals(bytes)]).toEqual(["image/png", true]);
    }
  });
  test("are sent again after a failure, unless they are a stream", async () => {
    server.answer = (response) => void response.socket?.destroy();
    const before = server.seen.length;
    await expect(connected().files.replace({ fileId: "1", body: bytes })).rejects.toThrow(
      "no response",
    );
    expect(server.seen.length - before).toBe(3);
    const stream = new Blob([bytes]).stream();
    await expect(connected().files.replace({ fileId: "1", body: stream })).rejects.toThrow(
      "no response",
    );
    expect(server.seen.length - before).toBe(4);
  });
  test("arrive as a Blob", async () => {
    server.answer = (response) => void response.writeHead(200).end(bytes);
    const blob = await connected().files.download({ fileId: "1" });
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
    expect(server.last().headers.accept).toBe("application/octet-stream");
  });
  test("arrive as a stream, which an abort ends", async () => {
    let isClosed = (): void => {};
    const closed = new Promise<void>((resolve) => {
      isClosed = resolve;
    });
    server.answer = (response) => {
      response.on("close", isClosed);
      response.writeHead(200).write(bytes);
    };
    const control = new AbortController();
    const stream = await connected().files.download(
      { fileId: "1" },
      { as: "stream", signal: control.signal },
    );
    const reader = stream.getReader();
    expect((await reader.read()).value).toEqual(bytes);
    control.abort(new Error("enough"));
    await expect(reader.read()).rejects.toThrow("enough");
    await closed;
  });
  test("none at all are an empty Blob", async () => {
    server.answer = (response) => void response.writeHead(200, { "content-length": "0" }).end();
    expect((await connected().files.download({ fileId: "1" })).size).toBe(0);
  });
});

test("an optional text", async () => {
  server.answer = (response) => void response.writeHead(204, { "x-note": "7" }).end();
  const { status, headers } = await withResponse(connected().files.addNote({ body: "é" }));
  expect([status, headers.get("x-note"), type(), body()]).toEqual([204, "7", "text/plain", "é"]);
  await connected().files.addNote();
  expect([type(), body()]).toEqual(["", ""]);
});
