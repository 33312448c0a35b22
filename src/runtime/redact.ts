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

/** How texts quote, and what they do not: a secret within quotes may be short, one without is long. */
const quote = "(?:\\\\*[\"']|&#?\\w+;)";
const plainValue = "[^\\s\"'\\\\&<>,;[{}]";

/** Takes secrets out of what is shown. */
export interface Redactor {
  readonly text: (text: string) => string;
  /** A copy of JSON data; a text where it is no JSON any more. */
  readonly json: (value: unknown) => unknown;
  /** A copy of headers. */
  readonly headers: (headers: Headers) => Headers;
}

/**
 * Takes credentials out, however they are escaped, and what stands under the names of members that hold secrets.
 *
 * @param credentials - those that the call was made with so far
 * @param fields - names of the contract's secret members, as they are on the wire
 */
export function redactor(credentials: Iterable<string>, fields: readonly string[]): Redactor {
  const secrets = [...credentials].flatMap((one) =>
    one.length < shortest ? [] : [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one)],
  );
  const members = fields.map((name) => {
    const plain = name.replace(/\W/g, "\\$&");
    return [
      // As JSON has it.
      [new RegExp(`("${plain}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, "g"), `$1"${mark}"`],
      // As it may stand in other texts: JSON within a text, a page of HTML, a form.
      [
        new RegExp(
          `(${plain}${quote}?\\s*[:=]\\s*)(?:${quote}${plainValue}+|${plainValue}{12,})`,
          "g",
        ),
        `$1${mark}`,
      ],
    ] as const;
  });
  const withoutCredentials = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, mark), text);
  const text = (whole: string): string =>
    members
      .flat()
      .reduce((rest, [member, shown]) => rest.replace(member, shown), withoutCredentials(whole));
  return {
    text,
    json: (value) => {
      if (value === undefined || typeof value === "string") return value && text(value);
      const safe = withoutCredentials(JSON.stringify(value));
      try {
        return JSON.parse(safe, (name, inner: unknown) => {
          if (fields.includes(name)) return mark;
          return typeof inner === "string" ? text(inner) : inner;
        });
      } catch {
        // A credential of digits alone was a number there.
        return text(safe);
      }
    },
    headers: (headers) => {
      const shown = new Headers();
      for (const [name, value] of headers) {
        shown.append(name, secretHeaders.includes(name) ? mark : text(value));
      }
      return shown;
    },
  };
}
