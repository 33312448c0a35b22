/** One event of a `text/event-stream` (WHATWG HTML, Server-sent events). */
export interface ServerSentEvent<Data> {
  /** The lines of `data`, read as the contract describes them. */
  readonly data: Data;
  /** Type of the event; `undefined` if the server gave none. */
  readonly event: string | undefined;
  /** The last id that the server sent. To continue from here, send it as `Last-Event-ID`. */
  readonly id: string | undefined;
  /** Milliseconds that the server asks clients to wait before they reconnect; `undefined` if it does not. */
  readonly retry: number | undefined;
}

/** Matches the end of a line in an event stream. */
export const lineEnds: RegExp = /\r\n|\n|\r/;

/** Parses the lines of an event stream. Drops an incomplete event at the end of the body, as the standard requires. */
export async function* readEvents(
  lines: AsyncIterable<string>,
): AsyncGenerator<ServerSentEvent<string>, void, undefined> {
  let data: string[] = [];
  let event: string | undefined;
  let id: string | undefined;
  let retry: number | undefined;
  for await (const line of lines) {
    if (line === "") {
      if (data.length > 0) yield { data: data.join("\n"), event, id, retry };
      data = [];
      event = undefined;
      retry = undefined;
      continue;
    }
    const [, field = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "data") data.push(value);
    else if (field === "event") event = value || undefined;
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "retry" && /^\d+$/.test(value)) retry = Number(value);
  }
}
