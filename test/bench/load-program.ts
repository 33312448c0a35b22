/**
 * The program that loads servers, in a process of its own, so that its work is not theirs: prints JSON on standard
 * output. The loop is our own because each issue needs an id that is new and each revoke one that exists, and because
 * every answer is looked at: one that is not the success of the call ends the run.
 */
import http from "node:http";

/** A server to load. */
export interface Target {
  readonly name: string;
  /** With what stands before the paths of the document. */
  readonly origin: string;
  readonly token: string;
}

/** What one round of one call took at one server. */
export interface Round {
  readonly name: string;
  readonly call: string;
  readonly perSecond: number;
  /** Milliseconds that 99 of 100 answers did not take longer than. */
  readonly p99: number;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: string;
}

/** Requests in a round, and connections that share them. */
const count = 1000;
const connections = 10;
/** The first rounds, in which servers compile what they run, are thrown away. */
const warming = 2;
const rounds = 7;

const calls: Readonly<Record<string, (index: number) => Call>> = {
  list: () => ({ method: "GET", path: "/access-tokens?limit=100", status: 200 }),
  issue: (index) => ({
    method: "POST",
    path: "/access-tokens",
    status: 201,
    body: JSON.stringify({
      id: `bench/${index}`,
      scope: {
        basins: { prefix: "" },
        streams: { prefix: "users/1234/" },
        op_groups: { stream: { read: true, write: true } },
      },
      expires_at: "2100-01-01T00:00:00Z",
    }),
  }),
  // What the round before has issued, so that each round finds the same state.
  revoke: (index) => ({
    method: "DELETE",
    path: `/access-tokens/bench%2F${index}`,
    status: 204,
  }),
};

function send({ origin, token }: Target, agent: http.Agent, call: Call): Promise<void> {
  const { method, path, status, body } = call;
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body !== undefined && {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    }),
  };
  return new Promise((resolve, reject) => {
    const request = http.request(`${origin}${path}`, { method, headers, agent }, (response) => {
      response.resume();
      response.once("end", () => {
        if (response.statusCode === status) resolve();
        else reject(new Error(`${method} ${path}: ${response.statusCode}, not ${status}`));
      });
    });
    request.once("error", reject);
    request.end(body);
  });
}

async function round(target: Target, call: string, make: (index: number) => Call): Promise<Round> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const one = make(next);
      next += 1;
      const start = performance.now();
      await send(target, agent, one);
      times.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  times.sort((left, right) => left - right);
  const p99 = times[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN;
  return { name: target.name, call, perSecond: count / seconds, p99 };
}

// The bench gives this.
const targets = JSON.parse(process.argv[2] ?? "[]") as readonly Target[];
const measured: Round[] = [];
for (let index = 0; index < warming + rounds; index += 1) {
  for (const [call, make] of Object.entries(calls)) {
    for (const target of targets) {
      const one = await round(target, call, make);
      if (index >= warming) measured.push(one);
    }
  }
}
process.stdout.write(JSON.stringify(measured));
