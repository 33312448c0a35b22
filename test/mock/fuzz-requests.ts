import { randomOf } from "../../src/mock/faults/random.js";

/** One random request. Texts hold bytes, as latin1. */
export interface FuzzRequest {
  readonly protocol: "HTTP/1.1" | "HTTP/2";
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The sessions that requests choose, beside the default one. */
export const fuzzSessions: readonly string[] = Array.from(
  { length: 20 },
  (_, index) => `s${index}`,
);

type Random = () => number;

/** A request that is the same for the same seed; most are nearly valid, so that they get far. */
export function randomRequest(seed: number): FuzzRequest {
  const random = randomOf(seed);
  const pick = <T>(values: readonly [T, ...T[]]): T =>
    values[Math.floor(random() * values.length)] ?? values[0];
  const protocol = pick<FuzzRequest["protocol"]>(["HTTP/1.1", "HTTP/2"]);
  const method = pick([
    "GET",
    "GET",
    "POST",
    "POST",
    "POST",
    "DELETE",
    "DELETE",
    "HEAD",
    "PUT",
    "OPTIONS",
    "PATCH",
  ]);
  const base = pick(["/v1", "", "/v1", "/v2", "/v1/.."]);
  const token = pick([
    "not-a-real-root-token",
    "not-a-real-root-token",
    "not-a-real-root-token",
    "nobody",
    mutate(random, "not-a-real"),
  ]);
  const headers: Record<string, string> = { authorization: `Bearer ${clean(token)}` };
  if (random() < 0.05)
    headers["accept"] = clean(mutate(random, pick(["application/json", "*/*", "text/html"])));
  if (random() < 0.05)
    headers["prefer"] = clean(
      mutate(random, pick(["code=429", "example=list_empty", "dynamic=true"])),
    );
  if (random() < 0.3) {
    headers["mock-session"] = fuzzSessions[Math.floor(random() * fuzzSessions.length)] ?? "";
  }
  if (random() < 0.02) headers["origin"] = clean(mutate(random, "http://localhost"));
  if (method === "POST" || random() < 0.05) {
    headers["content-type"] =
      random() < 0.9 ? "application/json" : clean(mutate(random, "application/json"));
  }
  const body = method === "POST" || random() < 0.05 ? randomBody(random) : "";
  const path = `${base}/access-tokens${randomRest(random, method)}`;
  return { protocol, method, path: path.replace(/[\s\p{Cc}]/gu, "%20"), headers, body };
}

function randomRest(random: Random, method: string): string {
  const odd = random();
  if (odd < 0.02) return mutate(random, "/a/b/../c");
  if (method === "DELETE")
    return `/${random() < 0.7 ? encodeURIComponent(randomId(random)) : mutate(random, randomId(random))}`;
  if (odd < 0.4) return "";
  const query = [
    `limit=${Math.floor(random() * 1200) - 100}`,
    `prefix=${encodeURIComponent(randomId(random))}`,
    `start_after=${encodeURIComponent(randomId(random))}`,
  ].filter(() => random() < 0.6);
  return `?${random() < 0.7 ? query.join("&") : mutate(random, query.join("&"))}`;
}

function randomId(random: Random): string {
  const ids = [
    "a",
    "b/c",
    "é",
    "..",
    "",
    "x".repeat(97),
    "a b",
    "😀",
    `t${Math.floor(random() * 500)}`,
  ];
  return ids[Math.floor(random() * ids.length)] ?? "";
}

function randomBody(random: Random): string {
  const set = (): unknown =>
    [null, { exact: "a" }, { prefix: "" }, { prefix: "a/" }, {}, 5][Math.floor(random() * 6)];
  const value = {
    id: random() < 0.95 ? randomId(random) : Math.floor(random() * 9),
    scope: {
      basins: set(),
      streams: set(),
      access_tokens: set(),
      op_groups:
        random() < 0.5 ? { stream: { read: random() < 0.5, write: random() < 0.5 } } : undefined,
      ops:
        random() < 0.7
          ? ["read", "append", "issue-access-token"].filter(() => random() < 0.6)
          : undefined,
    },
    auto_prefix_streams: random() < 0.2 ? true : undefined,
    expires_at: random() < 0.3 ? new Date(4e12 + random() * 1e12).toISOString() : undefined,
  };
  const text = Buffer.from(JSON.stringify(value)).toString("latin1");
  return random() < 0.75 ? text : mutate(random, text);
}

/** The text with a few bytes changed, left out, repeated or put in. */
function mutate(random: Random, text: string): string {
  let mutant = text;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times -= 1) {
    const at = Math.floor(random() * (mutant.length + 1));
    const byte = String.fromCharCode(Math.floor(random() * 256));
    const kind = random();
    const [head, tail] = [mutant.slice(0, at), mutant.slice(at)];
    if (kind < 0.4) mutant = head + byte + tail.slice(1);
    else if (kind < 0.6) mutant = head + tail.slice(1 + Math.floor(random() * 5));
    else if (kind < 0.8) mutant = head + byte.repeat(1 + Math.floor(random() * 50)) + tail;
    else mutant = head + mutant.slice(0, 200) + tail;
  }
  return mutant;
}

/** What a client can put into a header at all. */
function clean(text: string): string {
  return text.replace(/[^\x20-\x7e\x80-\xff]/g, "?").trim();
}
