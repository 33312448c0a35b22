import { checkToken } from "./bearer.js";
import { InputError } from "./input-error.js";
import { checkNames } from "./names.js";

/** What a request carries so that the server lets it in. */
export interface Credentials {
  readonly headers?: Readonly<Record<string, string>>;
  /** To be added to the query: `name=value`, encoded. */
  readonly query?: string;
  /** To be added to the header `Cookie`: `name=value`. */
  readonly cookie?: string;
  /** What no error and no event may show. */
  readonly secrets: readonly string[];
}

/** A credential, or a function that gives it, which is asked before each attempt: it may renew one that expires. */
export type Given<Credential> = Credential | (() => Credential | Promise<Credential>);

/** User name and password of HTTP's `Basic` authentication (RFC 7617). */
export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/** How one security scheme of the contract is applied. */
export interface SecurityScheme {
  /** Name of the member of `auth` that holds its credential. */
  readonly option: string;
  /** @throws {TypeError} it is no credential that a request can carry; the message does not show it. */
  readonly apply: (credential: unknown) => Credentials;
}

/** What an operation asks for: alternatives, each a list of schemes that it takes all of. None: no credential. */
export type SecurityRequirements = readonly (readonly string[])[];

/** Gives the credentials of an operation; `undefined` where it takes none. */
export type Authorize = (operation: {
  readonly id: string;
  readonly security: SecurityRequirements;
}) => Credentials | Promise<Credentials> | undefined;

/**
 * Reads the credentials that a client was made with.
 *
 * @param auth - credentials, or functions for them, by option
 * @param schemes - the schemes of the contract, by name
 * @returns gives an operation the first of its alternatives that all credentials are there for
 * @throws {TypeError} names the credential that a request cannot carry, or that the contract does not know.
 */
export function authorizer(
  auth: object,
  schemes: Readonly<Record<string, SecurityScheme>>,
): Authorize {
  const options = Object.values(schemes).map(({ option }) => option);
  checkNames(auth, options, "auth");
  const ready = new Map<string, Credentials | (() => Promise<Credentials>)>();
  for (const [name, { option, apply }] of Object.entries(schemes)) {
    const given: unknown = Reflect.get(auth, option);
    if (given === undefined) continue;
    ready.set(name, typeof given === "function" ? async () => apply(await given()) : apply(given));
  }
  return ({ security }) => {
    if (security.length === 0) return undefined;
    const chosen = security.find((names) => names.every((name) => ready.has(name)));
    if (chosen === undefined) {
      const wanted = security.map((names) =>
        names.map((name) => `auth.${schemes[name]?.option ?? name}`).join(" and "),
      );
      throw new InputError(`no credential; give ${wanted.join(", or ")}`);
    }
    const parts = chosen.flatMap((name) => ready.get(name) ?? []);
    const isReady = (part: (typeof parts)[number]): part is Credentials =>
      typeof part !== "function";
    if (parts.every(isReady)) return join(parts);
    const asked = parts.map((part) => (isReady(part) ? part : part()));
    return Promise.all(asked).then(join);
  };
}

function join(parts: readonly Credentials[]): Credentials {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const query = parts.flatMap((part) => part.query ?? []).join("&");
  const cookie = parts.flatMap((part) => part.cookie ?? []).join("; ");
  return {
    headers: Object.assign({}, ...parts.map(({ headers }) => headers)),
    ...(query !== "" && { query }),
    ...(cookie !== "" && { cookie }),
    secrets: parts.flatMap(({ secrets }) => secrets),
  };
}

/**
 * `Authorization: Bearer …`, or another scheme of HTTP whose credentials are one text. Tokens of OAuth 2 and OpenID
 * Connect are sent so too.
 */
export function httpScheme(option: string, scheme: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const token =
        scheme === "Bearer"
          ? checkToken(credential, `auth.${option}`)
          : asToken(credential, option, printable);
      return { headers: { authorization: `${scheme} ${token}` }, secrets: [token] };
    },
  };
}

/** `Authorization: Basic …` (RFC 7617), in UTF-8. */
export function basicScheme(option: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const { username, password }: Partial<BasicCredentials> = Object(credential);
      if (typeof username !== "string" || typeof password !== "string") {
        throw new InputError(`auth.${option}: expected { username, password }`);
      }
      if (username.includes(":")) {
        throw new InputError(`auth.${option}.username: expected a text without a colon`);
      }
      const bytes = new TextEncoder().encode(`${username}:${password}`);
      const encoded = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
      return { headers: { authorization: `Basic ${encoded}` }, secrets: [encoded, password] };
    },
  };
}

/** An API key in a header. */
export function headerKey(option: string, name: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const key = asToken(credential, option, printable);
      return { headers: { [name.toLowerCase()]: key }, secrets: [key] };
    },
  };
}

/** An API key in the query. Servers and proxies write queries to their logs; the contract asks for it nevertheless. */
export function queryKey(option: string, name: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const key = asToken(credential, option, /./s);
      const encoded = encodeURIComponent(key);
      return { query: `${encodeURIComponent(name)}=${encoded}`, secrets: [key, encoded] };
    },
  };
}

/** An API key in a cookie. Browsers send their own cookies and ignore it. */
export function cookieKey(option: string, name: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const key = asToken(credential, option, /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/);
      return { cookie: `${name}=${key}`, secrets: [key] };
    },
  };
}

/** What a header can carry as it is, without spaces at its ends. */
const printable = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

/** Anything else would fail later, in an error of the platform that shows the secret. */
function asToken(credential: unknown, option: string, allowed: RegExp): string {
  if (typeof credential === "string" && allowed.test(credential)) return credential;
  throw new InputError(
    `auth.${option}: expected a string of visible ASCII characters, found ${
      typeof credential === "string"
        ? "another string"
        : String(credential === null ? null : typeof credential)
    }`,
  );
}
