/**
 * How values become text in a URL, a header or a form, where the contract asks for more than the default: the styles
 * of OpenAPI's Parameter Object. Generated code imports this only where an operation needs it.
 *
 * OpenAPI leaves open what a value means that is nested deeper than its style can say. Here `deepObject` nests as deep
 * as the value does, `a[b][0]=1`, and every other style writes such a part as JSON. `null` and empty arrays are not sent.
 */

/** The style of one parameter, or of one field of a form. */
export interface ParameterStyle {
  /** `"json"` writes objects as JSON: the default of forms. */
  readonly style?:
    | "form"
    | "spaceDelimited"
    | "pipeDelimited"
    | "deepObject"
    | "json"
    | "simple"
    | "label"
    | "matrix"
    | undefined;
  /** Whether each item or member is written as a value of its own. Default: only by `form`, `deepObject` and `json`. */
  readonly explode?: boolean | undefined;
  /** Whether characters that URLs reserve are sent as they are, apart from those that would end the value. */
  readonly allowReserved?: boolean | undefined;
}

/** Styles by the name of a parameter or field; `form` for all others. */
export type ParameterStyles = Readonly<Record<string, ParameterStyle>>;

/** Writes the values of a query or a form. */
export type QueryWriter = (values: Readonly<Record<string, unknown>>) => string;

type Encode = (value: unknown) => string;

/**
 * Makes a query serializer: names and values are percent-encoded alike.
 *
 * @param styles - of the parameters that are not written in style `form`, exploded
 * @param usual - the style of all others
 */
export function queryWriter(styles: ParameterStyles = {}, usual: ParameterStyle = {}): QueryWriter {
  return (values) =>
    Object.entries(values)
      .flatMap(([name, value]) => queryPairs(name, value, styleOf(styles, name) ?? usual))
      .join("&");
}

/** A query whose parameters have no style of their own. */
export function writeQuery(values: Readonly<Record<string, unknown>>): string {
  return queryWriter()(values);
}

/** A form (`application/x-www-form-urlencoded`) whose fields have no style of their own. */
export function writeForm(values: Readonly<Record<string, unknown>>): string {
  return queryWriter({}, { style: "json" })(values);
}

/** A path serializer for values that {@link pathText} has written. */
export function writtenPath(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{([^{}]+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A name may be that of a member that every object has. */
function styleOf(styles: ParameterStyles, name: string): ParameterStyle | undefined {
  return Object.hasOwn(styles, name) ? styles[name] : undefined;
}

/** The `name=value` pairs of one parameter. */
function queryPairs(name: string, value: unknown, style: ParameterStyle): string[] {
  const { style: kind = "form", allowReserved } = style;
  const encode = allowReserved === true ? encodeUnreserved : encodeText;
  const pair = (key: string, text: string): string[] => [`${encodeName(key)}=${text}`];
  if (value === undefined || value === null) return [];
  if (kind === "deepObject") return deepPairs(name, value, encode);
  const explode = style.explode ?? (kind === "form" || kind === "json");
  const isList = Array.isArray(value);
  if (!isList && !isMembers(value)) return pair(name, encode(value));
  if (!isList && kind === "json") return pair(name, encode(value));
  if (isList && explode) return items(value).flatMap((item) => pair(name, encode(item)));
  if (!isList && explode) return members(value).flatMap(([key, one]) => pair(key, encode(one)));
  const delimiter = kind === "spaceDelimited" ? "%20" : kind === "pipeDelimited" ? "%7C" : ",";
  const parts = flat(value, encode);
  return parts.length === 0 ? [] : pair(name, parts.join(delimiter));
}

/** `a[b][0]=1`: OpenAPI says how one level is written; further ones follow the habit of servers. */
function deepPairs(name: string, value: unknown, encode: Encode): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => deepPairs(`${name}[${index}]`, item, encode));
  }
  if (isMembers(value)) {
    return members(value).flatMap(([key, one]) => deepPairs(`${name}[${key}]`, one, encode));
  }
  return [`${encodeName(name)}=${encode(value)}`];
}

/** A path parameter as it stands in the URL, percent-encoded. */
export function pathText(name: string, value: unknown, style: ParameterStyle = {}): string {
  const { style: kind = "simple", explode = false } = style;
  const encode = style.allowReserved === true ? encodePath : encodeText;
  const key = encodeText(name);
  const isList = Array.isArray(value);
  const isScalar = !isList && !isMembers(value);
  if (kind === "matrix") {
    if (isScalar) return `;${key}=${encode(value)}`;
    if (!explode) return `;${key}=${flat(value, encode).join(",")}`;
    return isList
      ? items(value)
          .map((item) => `;${key}=${encode(item)}`)
          .join("")
      : members(value)
          .map(([one, inner]) => `;${encodeText(one)}=${encode(inner)}`)
          .join("");
  }
  const parts = isScalar
    ? [encode(value)]
    : explode
      ? exploded(value, encode)
      : flat(value, encode);
  if (kind !== "label") return parts.join(",");
  return `.${parts.join(explode ? "." : ",")}`;
}

/** A header's value: style `simple`, not percent-encoded, because HTTP carries the characters as they are. */
export function headerText(value: unknown, explode = false): string {
  if (!Array.isArray(value) && !isMembers(value)) return text(value);
  return (explode ? exploded(value, text) : flat(value, text)).join(",");
}

/** The header `Cookie` with these values. Browsers send their own cookies and ignore it. */
export function cookieText(
  values: Readonly<Record<string, unknown>>,
  styles: ParameterStyles = {},
): string | undefined {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    queryPairs(name, value, styleOf(styles, name) ?? {}),
  );
  return pairs.length === 0 ? undefined : pairs.join("; ");
}

/** `key,value,key,value` of an object, or the items of an array. */
function flat(value: unknown, encode: Encode): string[] {
  if (Array.isArray(value)) return items(value).map(encode);
  return members(value).flatMap(([key, one]) => [encodeKey(key, encode), encode(one)]);
}

/** `key=value` of an object, or the items of an array. */
function exploded(value: unknown, encode: Encode): string[] {
  if (Array.isArray(value)) return items(value).map(encode);
  return members(value).map(([key, one]) => `${encodeKey(key, encode)}=${encode(one)}`);
}

function encodeKey(key: string, encode: Encode): string {
  return encode === text ? key : encodeText(key);
}

function items(value: readonly unknown[]): unknown[] {
  return value.filter((item) => item !== undefined && item !== null);
}

function members(value: unknown): [string, unknown][] {
  return Object.entries(Object(value)).filter(([, one]) => one !== undefined && one !== null);
}

function isMembers(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** A scalar as text; anything deeper as JSON. */
function text(value: unknown): string {
  return isMembers(value) ? JSON.stringify(value) : String(value);
}

function encodeText(value: unknown): string {
  return encodeURIComponent(text(value));
}

/** Servers read `filter[name]` and `$top` more often as they are than percent-encoded; both are allowed in a query. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/%5B|%5D|%24/g, decodeURIComponent);
}

/** Reserved characters and percent-encoded bytes pass, as RFC 6570 §3.2.3 has it, unless they would end the value. */
function encodeUnreserved(value: unknown): string {
  return encodeURI(text(value))
    .replace(/%5B|%5D/g, decodeURIComponent)
    .replace(/%25(?=[\da-f]{2})/gi, "%")
    .replace(/[#&+]/g, encodeURIComponent);
}

/** The same in a path, where a query would begin with `?`. */
function encodePath(value: unknown): string {
  return encodeURI(text(value))
    .replace(/%25(?=[\da-f]{2})/gi, "%")
    .replace(/[#?]/g, encodeURIComponent);
}
