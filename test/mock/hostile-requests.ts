/** A request that no well-behaved client sends. */
export interface HostileRequest {
  readonly what: string;
  readonly payload: string | Buffer;
  /** Statuses that answer it; 0 is that the connection ends without an answer. */
  readonly wanted: readonly number[];
}

const token = "not-a-real-root-token";
const usual = `host: localhost\r\nauthorization: Bearer ${token}\r\n`;
const list = "/v1/access-tokens";

/** A request whose parts are as given and else as they should be. */
function http(line: string, headers = "", body = ""): string {
  return `${line} HTTP/1.1\r\n${usual}${headers}\r\n${body}`;
}

function get(target: string, headers = ""): string {
  return http(`GET ${target}`, headers);
}

function remove(segment: string): string {
  return http(`DELETE ${list}/${segment}`);
}

function post(body: string | Buffer, type = "content-type: application/json\r\n"): Buffer {
  const bytes = Buffer.from(body);
  const head = http(`POST ${list}`, `${type}content-length: ${bytes.length}\r\n`);
  return Buffer.concat([Buffer.from(head), bytes]);
}

function issue(value: unknown): Buffer {
  return post(JSON.stringify(value));
}

type Row = readonly [what: string, payload: string | Buffer, ...wanted: number[]];

const lines: readonly Row[] = [
  ["random bytes", Buffer.from([0, 255, 1, 254, 13, 10, 13, 10]), 400],
  ["a TLS greeting", Buffer.from("160301020001000001fc0303", "hex"), 400],
  ["HTTP/0.9", "GET /\r\n\r\n", 400, 403],
  ["HTTP/9.9", "GET / HTTP/9.9\r\nhost: localhost\r\n\r\n", 400],
  ["another protocol", "GET / RTSP/1.0\r\n\r\n", 400, 403],
  ["an unknown method", http(`FLY ${list}`), 400],
  ["a method in lower case", http(`get ${list}`), 400],
  ["a method of 10 000 letters", http(`${"G".repeat(10_000)} ${list}`), 400],
  ["no method", http(list), 400],
  ["a method that is not allowed", http(`PATCH ${list}`), 405],
  ["TRACE", http(`TRACE ${list}`), 405],
  ["CONNECT", "CONNECT example.test:443 HTTP/1.1\r\nhost: localhost\r\n\r\n", 405],
  ["PURGE", http(`PURGE ${list}`), 405],
  ["no host", `GET ${list} HTTP/1.1\r\n\r\n`, 403],
  ["HTTP/1.0 without a host", `GET ${list} HTTP/1.0\r\n\r\n`, 403],
  ["a foreign host", `GET ${list} HTTP/1.1\r\nhost: evil.test\r\n\r\n`, 403],
  [
    "a host that starts as this one",
    `GET ${list} HTTP/1.1\r\nhost: localhost.evil.test\r\n\r\n`,
    403,
  ],
  ["a host with credentials", `GET ${list} HTTP/1.1\r\nhost: localhost@evil.test\r\n\r\n`, 403],
  ["a host of nonsense", `GET ${list} HTTP/1.1\r\nhost: [::\r\n\r\n`, 403],
  ["two hosts", `GET ${list} HTTP/1.1\r\nhost: localhost\r\nhost: evil.test\r\n\r\n`, 400, 401],
];

const targets: readonly Row[] = [
  ["an asterisk", get("*"), 400],
  ["no slash", get("v1/access-tokens"), 400],
  ["a URL of elsewhere", get("http://evil.test/v1/nothing"), 403],
  ["a URL without a path", get("http://localhost"), 400],
  ["a broken escape", get("/v1/access-tokens/%"), 400],
  ["half an escape", remove("%4"), 400],
  ["an escape of no digits", remove("%zz"), 400],
  ["an escape that is no UTF-8", remove("%ff"), 400],
  ["an overlong escape", remove("%c0%af"), 400],
  ["an escaped surrogate", remove("%ed%a0%80"), 400],
  ["a NUL", remove("a%00b"), 400],
  ["a dot", remove("."), 400],
  ["two dots", remove(".."), 400],
  ["an escaped dot", remove("%2e"), 400],
  ["escaped dots", remove("%2E%2e"), 400],
  ["a dot and an escaped one", remove(".%2e"), 400],
  ["dots on the way", http("DELETE /v1/access-tokens/../access-tokens/a"), 404],
  ["dots up to the root", get("/v1/../../../etc/passwd"), 404],
  ["nothing to revoke", remove(""), 400],
  ["a slash too many", http("DELETE /v1//access-tokens/a"), 404],
  ["a bare slash in an id", remove("a/b"), 404],
  ["two slashes", get("//"), 404],
  ["a revoke of the root", http("DELETE /v1/"), 404],
  ["an id of 97 bytes", remove("x".repeat(97)), 400],
  ["an id of 49 letters of two bytes", remove("%C3%A9".repeat(49)), 400],
  ["a path of 10 000 segments", get("/a".repeat(7000)), 404],
  ["a line of 100 000 bytes", get(`/${"a".repeat(100_000)}`), 431],
  ["raw bytes in the path", get("/v1/\xff\xfe"), 400, 404],
  ["a space in the path", get("/v1/access tokens"), 400],
  ["a fragment", get("/v1/access-tokens#part"), 404],
  ["a backslash", get("\\v1\\access-tokens"), 400],
  ["a prototype as path", get("/__proto__"), 404],
  ["a template as path", get("/v1/access-tokens/{id}"), 405],
];

const queries: readonly Row[] = [
  ["-1", 400],
  ["1.5", 400],
  ["1e2", 400],
  ["0x10", 400],
  ["NaN", 400],
  ["Infinity", 400],
  ["", 400],
  ["%20", 400],
  ["1&limit=2", 400],
  ["%", 400],
  ["%ff", 400],
  [`9${"9".repeat(400)}`, 200],
  ["true", 400],
  ["1&prefix=%00", 400],
  [`1&prefix=${"x".repeat(97)}`, 400],
  ["1&prefix=a&prefix=b", 400],
  ["1&start_after=%ED%A0%80", 400],
  ["1&__proto__=x", 200],
  ["1&limit[]=2", 200],
  [`1&${"a=1&".repeat(3000)}`, 200],
].map(([text, status]) => [
  `limit=${String(text).slice(0, 30)}`,
  get(`${list}?limit=${text}`),
  Number(status),
]);

const headers: readonly Row[] = [
  ["a header without a colon", get(list, "nonsense\r\n"), 400],
  ["a space before the colon", get(list, "x : y\r\n"), 400],
  ["a header without a name", get(list, ": y\r\n"), 400],
  ["a name of other letters", get(list, "x\xe9: y\r\n"), 400],
  ["a NUL in a header", get(list, "x: a\0b\r\n"), 400],
  ["a folded header", get(list, "x: a\r\n b\r\n"), 200, 400],
  ["a bare CR in a header", get(list, "x: a\rb\r\n"), 400],
  ["a header of 20 000 bytes", get(list, `x: ${"a".repeat(20_000)}\r\n`), 431],
  ["5 000 headers", get(list, "x: yyyyyyyyyy\r\n".repeat(5000)), 431],
  ["two lengths", http(`POST ${list}`, "content-length: 1\r\ncontent-length: 2\r\n", "{}"), 400],
  ["a length below zero", http(`POST ${list}`, "content-length: -1\r\n"), 400],
  ["a length that is no number", http(`POST ${list}`, "content-length: ten\r\n"), 400],
  ["a length beyond all", http(`POST ${list}`, `content-length: ${"9".repeat(30)}\r\n`), 400],
  [
    "a length and chunks",
    http(`POST ${list}`, "content-length: 3\r\ntransfer-encoding: chunked\r\n", "0\r\n\r\n"),
    400,
  ],
  ["another transfer encoding", http(`POST ${list}`, "transfer-encoding: gzip\r\n"), 400],
  ["a chunk of no size", http(`POST ${list}`, "transfer-encoding: chunked\r\n", "zz\r\n"), 400],
  [
    "a chunk longer than it says",
    http(`POST ${list}`, "transfer-encoding: chunked\r\n", "1\r\nabc\r\n0\r\n\r\n"),
    400,
  ],
  ["an expectation", http(`POST ${list}`, "expect: the unexpected\r\ncontent-length: 0\r\n"), 417],
  ["no bearer", `GET ${list} HTTP/1.1\r\nhost: localhost\r\n\r\n`, 401],
  [
    "a bearer of 10 000 letters",
    `GET ${list} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${"x".repeat(10_000)}\r\n\r\n`,
    401,
  ],
  [
    "a bearer of other letters",
    `GET ${list} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer \xff\xfe\r\n\r\n`,
    401,
  ],
  ["an Accept of nonsense", get(list, "accept: ;;;,,/\r\n"), 406],
  [
    "an Accept of nonsense and a preference",
    get(list, "accept: garbage\r\nprefer: code=200\r\n"),
    406,
  ],
  ["a type that there is not", get(list, "accept: text/html\r\n"), 406],
  ["a preference of nonsense", get(list, "prefer: code=;;=\r\n"), 200, 404, 422],
  ["a preference for no status", get(list, "prefer: code=999\r\n"), 404],
  ["a preference of other letters", get(list, "prefer: example=\xff\r\n"), 404],
  ["a foreign origin", get(list, "origin: https://evil.test\r\n"), 403],
  ["an origin of null", get(list, "origin: null\r\n"), 403],
  ["a session of other letters", get(list, "mock-session: \xff\r\n"), 400],
  [
    "an upgrade to HTTP/2",
    get(
      list,
      "connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n",
    ),
    200,
  ],
  ["an upgrade to a socket", get(list, "connection: upgrade\r\nupgrade: websocket\r\n"), 200],
];

const bodies: readonly Row[] = [
  ["no body", http(`POST ${list}`, "content-length: 0\r\n"), 400],
  ["neither body nor length", http(`POST ${list}`), 400],
  ["half a JSON", post('{"id":"a"'), 400],
  ["only spaces", post("   "), 400],
  ["a trailing comma", post('{"id":"a","scope":{},}'), 400],
  ["single quotes", post("{'id':'a'}"), 400],
  ["a comment", post('{"id":"a","scope":{}} // x'), 400],
  ["NaN", post('{"id":NaN}'), 400],
  ["two values", post('{"id":"a","scope":{}}{}'), 400],
  ["no UTF-8", post(Buffer.from([0x22, 0xff, 0xfe, 0x22])), 400],
  ["UTF-16", post(Buffer.from('{"id":"a"}', "utf16le")), 400],
  ["100 000 brackets", post("[".repeat(100_000)), 400],
  ["100 000 nested lists", post("[".repeat(100_000) + "]".repeat(100_000)), 400],
  [
    "a deep object",
    post(`{"id":"a","scope":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`),
    422,
  ],
  ["null", post("null"), 400],
  ["true", post("true"), 400],
  ["a number", post("1e999"), 400],
  ["a text", post('"id"'), 400],
  ["a list", post("[]"), 400],
  ["a prototype", post('{"__proto__":{"id":"a","scope":{}}}'), 400],
  ["a constructor", post('{"constructor":{},"id":"a"}'), 400],
  ["two megabytes", post(`{"id":"${"x".repeat(2_000_000)}"}`), 413],
  ["ten megabytes", post(Buffer.alloc(10_000_000, 0x20)), 413],
  [
    "ten megabytes in chunks",
    http(
      `POST ${list}`,
      "transfer-encoding: chunked\r\n",
      `${`10000\r\n${"x".repeat(65_536)}\r\n`.repeat(160)}0\r\n\r\n`,
    ),
    413,
  ],
  ["a form", post("id=a&scope=b", "content-type: application/x-www-form-urlencoded\r\n"), 400],
  ["parts", post("--x--", "content-type: multipart/form-data; boundary=x\r\n"), 400],
  ["parts without a boundary", post("--x--", "content-type: multipart/form-data\r\n"), 400],
  ["XML", post("<id>a</id>", "content-type: application/xml\r\n"), 400],
  ["a type of nonsense", post("{}", "content-type: ;;=\r\n"), 400],
  ["a type of other letters", post("{}", "content-type: \xff/\xfe\r\n"), 400],
  ["no type", post('{"id":"a","scope":{"ops":["read"]}}', ""), 400],
  [
    "a body that is not the gzip that it says",
    post("{}", "content-type: application/json\r\ncontent-encoding: gzip\r\n"),
    400,
  ],
  ["a body of a GET", `${get(list, "content-length: 7\r\n")}nothing`, 200],
];

const contents: readonly Row[] = [
  ["an empty id", issue({ id: "", scope: { ops: ["read"] } }), 400],
  ["an id of dots", issue({ id: "..", scope: { ops: ["read"] } }), 400],
  ["an id with a NUL", issue({ id: "\0", scope: { ops: ["read"] } }), 400],
  ["an id of half a letter", post('{"id":"\\ud800","scope":{"ops":["read"]}}'), 400],
  ["an id of 97 bytes", issue({ id: "é".repeat(49), scope: { ops: ["read"] } }), 400],
  ["an id that is none", issue({ id: {}, scope: { ops: ["read"] } }), 400],
  ["no scope", issue({ id: "a" }), 400],
  ["an empty scope", issue({ id: "a", scope: {} }), 422],
  ["an unknown operation", issue({ id: "a", scope: { ops: ["fly"] } }), 400],
  ["100 000 operations", issue({ id: "a", scope: { ops: Array(100_000).fill("x") } }), 400],
  ["both halves of a set", issue({ id: "a", scope: { basins: { exact: "a", prefix: "a" } } }), 400],
  ["an expiry of nonsense", issue({ id: "a", scope: { ops: ["read"] }, expires_at: "soon" }), 400],
  [
    "an expiry in February",
    issue({ id: "a", scope: { ops: ["read"] }, expires_at: "2100-02-30T00:00:00Z" }),
    400,
  ],
  [
    "a leap second",
    issue({ id: "a", scope: { ops: ["read"] }, expires_at: "2100-01-01T23:59:60Z" }),
    201,
  ],
  [
    "an expiry that has passed",
    issue({ id: "a", scope: { ops: ["read"] }, expires_at: "1970-01-01T00:00:00Z" }),
    422,
  ],
  [
    "auto-prefixing without a prefix",
    issue({ id: "a", scope: { ops: ["read"] }, auto_prefix_streams: true }),
    422,
  ],
  ["a revoke of nobody", remove("nobody"), 404],
];

const rows = { lines, targets, queries, headers, bodies, contents };

/** All of them. */
export const hostileRequests: readonly HostileRequest[] = Object.entries(rows).flatMap(
  ([kind, list]) =>
    list.map(([what, payload, ...wanted]) => ({ what: `${kind}: ${what}`, payload, wanted })),
);
