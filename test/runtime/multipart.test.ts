import { expect, test } from "vitest";
import { multipartBody } from "../../src/runtime/multipart.js";

async function sent(body: Blob): Promise<{ readonly text: string; readonly form: FormData }> {
  const boundary = /boundary=(\S+)$/.exec(body.type)?.[1] ?? "";
  const text = (await body.text()).replaceAll(boundary, "BOUNDARY");
  return { text, form: await new Response(body).formData() };
}

test("files, arrays, objects and scalars", async () => {
  const file = new File(["bytes"], "a.png", { type: "image/png" });
  const { text, form } = await sent(
    multipartBody({
      file,
      more: [new Blob(["1"]), new Blob(["2"], { type: "text/csv" })],
      tags: ["a", "b"],
      meta: { size: 1 },
      rows: [{ id: 1 }, { id: 2 }],
      count: 3,
      flag: false,
      absent: undefined,
      none: null,
    }),
  );
  const got = form.get("file");
  expect(got).toBeInstanceOf(File);
  expect([got instanceof File && got.name, got instanceof File && got.type]).toEqual([
    "a.png",
    "image/png",
  ]);
  expect(form.getAll("more")).toHaveLength(2);
  expect(form.getAll("tags")).toEqual(["a", "b"]);
  expect(form.get("meta")).toBe('{"size":1}');
  expect(form.getAll("rows")).toEqual(['{"id":1}', '{"id":2}']);
  expect(form.get("count")).toBe("3");
  expect(form.get("flag")).toBe("false");
  expect([form.has("absent"), form.has("none")]).toEqual([false, false]);
  expect(text).toContain(
    'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"size":1}',
  );
  expect(text).toContain(
    'name="more"; filename="blob"\r\nContent-Type: application/octet-stream\r\n\r\n1',
  );
  expect(text).toContain('name="tags"\r\n\r\na');
});

test("encoding: media type and headers of a part", async () => {
  const { text } = await sent(
    multipartBody(
      { note: "x", image: new Blob(["i"]), meta: { a: 1 } },
      {
        note: { contentType: "text/markdown" },
        image: { contentType: "image/png, image/jpeg" },
        meta: { contentType: "application/vnd.a+json", headers: { "X-Part": "1\r\nX-Evil: 2" } },
      },
    ),
  );
  expect(text).toContain('name="note"\r\nContent-Type: text/markdown');
  expect(text).toContain('filename="blob"\r\nContent-Type: application/octet-stream');
  expect(text).toContain("Content-Type: application/vnd.a+json\r\nX-Part: 1 X-Evil: 2\r\n\r\n");
});

test("names are escaped, so that they cannot end a header", async () => {
  const { text, form } = await sent(multipartBody({ 'a"\r\nX: 1': "v" }));
  expect(text).toContain('name="a%22%0D%0AX: 1"');
  expect([...form.keys()]).toHaveLength(1);
});

test.each([undefined, "text", ["a"]])("a form must be an object, not %j", (values) => {
  expect(() => multipartBody(values)).toThrow("expected an object");
});

test("encoding: a part that is declared as JSON is JSON, strings included", async () => {
  const json = { contentType: "application/json; charset=utf-8" };
  const values = { text: "a", number: 1, list: ["a", "b"], plain: "a" };
  const { form } = await sent(multipartBody(values, { text: json, number: json, list: json }));
  expect([form.get("text"), form.get("number"), form.getAll("list"), form.get("plain")]).toEqual([
    '"a"',
    "1",
    ['"a"', '"b"'],
    "a",
  ]);
});

test("encoding: a header without a value is not sent", async () => {
  const headers = { "X-Size": 3, "X-None": undefined };
  const { text } = await sent(multipartBody({ note: "x" }, { note: { headers } }));
  expect(text).toContain('name="note"\r\nX-Size: 3\r\n\r\nx');
});
