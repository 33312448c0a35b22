const mark = "[redacted]";

/** Shorter credentials are not redacted: one such as the `any` of a test would only garble messages. */
const shortest = 8;

/** Headers that carry credentials. */
const secretHeaders: readonly string[] = [
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
];

/** A quotation mark: plain, escaped in another string, or as an HTML entity. */
const quote = "(?:\\\\{0,64}[\"']|&#?\\w{1,12};)";

/** A character of a value, however it is escaped. */
const part = "[\\w.~+/=%&;#\\\\-]";

/** Redacts secrets in what errors and events show. */
export interface Redactor {
  readonly text: (text: string) => string;
  /** A copy of JSON data; a string if the copy is not JSON any more. */
  readonly json: (value: unknown) => unknown;
  /** A copy of headers. */
  readonly headers: (headers: Headers) => Headers;
}

/**
 * Redacts credentials, however they are escaped, and the values of fields that hold secrets.
 *
 * @param credentials - those that the call was made with so far
 * @param fields - names of the contract's secret fields, as they are on the wire
 */
export function redactor(credentials: Iterable<string>, fields: readonly string[]): Redactor {
  const secrets = [...credentials]
    .filter(({ length }) => length >= shortest)
    // One may begin with another.
    .sort((one, other) => other.length - one.length)
    .map((secret) => new RegExp(escaped(secret), "gi"));
  const members = fields.flatMap((field) => {
    // A longer name that ends with it, such as an operation's, does not match.
    const name = `(?<![A-Za-z0-9]_)${escaped(field)}(?!\\w)`;
    return [
      // As JSON has it.
      new RegExp(`("${name}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, "g"),
      // In other strings: near its name, long, and with more than small letters.
      new RegExp(
        `(${name}(?:(?!\\[redacted)[^]){0,32}?)(?=${part}{8})(?=${part}{0,40}[0-9A-Z])${part}+`,
        "g",
      ),
      // Between quotes it may be of any kind.
      new RegExp(`(${name}${quote}?\\s*[:=]\\s*${quote})(?!\\[redacted)[^\\s"'\\\\&<>]+`, "g"),
    ];
  });
  const withoutCredentials = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replace(secret, mark), text);
  const text = (whole: string): string =>
    members.reduce((rest, member, index) => {
      return rest.replace(member, index % 3 === 0 ? `$1"${mark}"` : `$1${mark}`);
    }, withoutCredentials(whole));
  return {
    text,
    json: (value) => {
      if (value === undefined || typeof value === "string") return value && text(value);
      let safe = "a body that is nested too deeply to be shown";
      try {
        safe = withoutCredentials(JSON.stringify(value));
        return JSON.parse(safe, (name, inner: unknown) => {
          if (fields.includes(name)) return mark;
          return typeof inner === "string" ? text(inner) : inner;
        });
      } catch {
        // Or a credential of digits alone was a number there.
        return text(safe);
      }
    },
    headers: (headers) => {
      const shown = new Headers();
      for (const [name, value] of headers) {
        try {
          shown.append(name, secretHeaders.includes(name) ? mark : text(String(value)));
        } catch {
          // A function in the place of fetch may return anything.
        }
      }
      return shown;
    },
  };
}

/**
 * A pattern for a string whose characters may be escaped for a URL, JSON, JavaScript, CSS, mail or HTML, also several times over.
 * The time grows linearly with the length of what is searched: a match starts before a run of backslashes, not within,
 * and other repetitions are bounded.
 */
function escaped(text: string): string {
  return text.replace(/./gs, (char, at) => {
    const code = char.charCodeAt(0);
    const digits = code.toString(16);
    const hex = `(?:${digits}|${digits.toUpperCase()})`;
    const itself = `\\u${digits.padStart(4, "0")}`;
    const entity = `(?:#(?:[xX]0{0,6}${hex}|0{0,6}${code});?|[A-Za-z]{1,12};)`;
    const slashed = `(?<=\\\\)(?:(?:u\\{?|x)?0{0,6}${hex}[} ]?|0{0,6}${code.toString(8)})`;
    return `${at ? "\\\\{0,64}" : "(?<!\\\\)\\\\*"}(?:${itself}|${slashed}|%(?:25){0,8}(?:u00)?${hex}|=${hex}|&(?:amp;){0,8}${entity})`;
  });
}
