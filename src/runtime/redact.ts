const mark = "[redacted]";

/** Shorter credentials are no secrets, such as the `any` of a test: taking them out would only garble texts. */
const shortest = 8;

/** Headers that carry credentials. */
const secretHeaders: readonly string[] = [
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
];

/** Takes secrets out of texts. */
export type Redact = (text: string) => string;

/**
 * Takes a credential out of texts, however it is escaped there, and the values of JSON members that hold secrets.
 *
 * @param credential - the one that the call was made with
 * @param fields - names of the contract's secret members, as they are on the wire
 */
export function redactor(credential: string | undefined, fields: readonly string[]): Redact {
  const secrets =
    credential === undefined || credential.length < shortest
      ? []
      : [credential, JSON.stringify(credential).slice(1, -1), encodeURIComponent(credential)];
  const members = fields.map(
    (name) => new RegExp(`(${JSON.stringify(name)}\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, "g"),
  );
  return (text) => {
    const without = secrets.reduce((rest, secret) => rest.replaceAll(secret, mark), text);
    return members.reduce((rest, member) => rest.replace(member, `$1"${mark}"`), without);
  };
}

/** JSON data without secrets; the same value where there are none. */
export function redactJson(value: unknown, redact: Redact): unknown {
  if (value === undefined) return value;
  if (typeof value === "string") return redact(value);
  const text = JSON.stringify(value);
  const safe = redact(text);
  return safe === text ? value : JSON.parse(safe);
}

/** A copy of headers that can be shown. */
export function redactHeaders(headers: Headers, redact: Redact = (text) => text): Headers {
  const shown = new Headers();
  for (const [name, value] of headers) {
    shown.append(name, secretHeaders.includes(name) ? mark : redact(value));
  }
  return shown;
}

/** An error that can be shown: itself, or a copy where it or one of its causes holds a secret. */
export function redactError(error: unknown, redact: Redact): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? redact(error) : error;
  const cause = redactError(error.cause, redact);
  const message = redact(error.message);
  const stack = redact(error.stack ?? "");
  const isClean = message === error.message && stack === (error.stack ?? "");
  if (isClean && cause === error.cause) return error;
  const copy = new Error(message, cause === undefined ? undefined : { cause });
  Object.defineProperties(copy, {
    name: { value: error.name },
    stack: { value: stack },
    code: { value: Reflect.get(error, "code") },
  });
  return copy;
}
