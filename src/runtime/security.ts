import { checkToken } from "./bearer.js";
import { InputError } from "./input-error.js";
import { checkNames } from "./names.js";

/** The credentials of a request. */
export interface Credentials {
  /** Adds them to the headers of a request, or to its URL. Returns the URL. */
  readonly admit: (headers: Headers, url: string) => string;
  /** Strings that errors and events must not show. */
  readonly secrets: readonly string[];
}

/** A credential, or a function that returns it and is called before each attempt, so that it can renew one. */
export type Given<Credential> = Credential | (() => Credential | Promise<Credential>);

/** User name and password of HTTP's `Basic` authentication (RFC 7617). */
export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/** How one security scheme of the contract is applied. */
export interface SecurityScheme {
  /** Name of the property of `auth` that holds its credential. */
  readonly option: string;
  /** @throws {TypeError} if a request cannot have this credential; the message does not show it. */
  readonly apply: (credential: unknown) => Credentials;
}

/** What an operation requires: alternatives, each a list of schemes that it needs together. An empty list: no credential. */
export type SecurityRequirements = readonly (readonly string[])[];

/** Returns the credentials of an operation; `undefined` if it takes none. */
export type Authorize = (operation: {
  readonly id: string;
  readonly security: SecurityRequirements;
}) => Credentials | Promise<Credentials> | undefined;

/**
 * Reads the credentials that a client was made with.
 *
 * @param auth - credentials, or functions for them, by option
 * @param schemes - the schemes of the contract, by name
 * @returns chooses the first alternative of an operation for which all credentials were given
 * @throws {TypeError} names the credential that a request cannot carry, or that the contract does not know.
 */
export function authorizer(
  auth: object,
  schemes: Readonly<Record<string, SecurityScheme>>,
): Authorize {
  const options = Object.values(schemes).map(({ option }) => option);
  checkNames(auth, options, "auth");
  const ready = new Map<string, Ready>();
  for (const [name, scheme] of Object.entries(schemes)) {
    const one = prepared(auth, scheme);
    if (one !== undefined) ready.set(name, one);
  }
  return ({ security }) => {
    if (security.length === 0) return undefined;
    const chosen = security.find((names) => names.every((name) => ready.has(name)));
    if (chosen === undefined) {
      const wanted = security.map((names) =>
        names.map((name) => `auth.${schemes[name]?.option ?? name}`).join(" and "),
      );
      throw noCredential(wanted.join(", or "));
    }
    const parts = chosen.flatMap((name) => ready.get(name) ?? []);
    const isReady = (part: Ready): part is Credentials => typeof part !== "function";
    if (parts.every(isReady)) return join(parts);
    return Promise.all(parts.map((part) => (isReady(part) ? part : part()))).then(join);
  };
}

function join(parts: readonly Credentials[]): Credentials {
  return {
    admit: (headers, url) => parts.reduce((all, { admit }) => admit(headers, all), url),
    secrets: parts.flatMap(({ secrets }) => secrets),
  };
}

/** The {@link authorizer} of a contract with one scheme. */
export function soleAuthorizer(auth: object, scheme: SecurityScheme): Authorize {
  const { option } = scheme;
  checkNames(auth, [option], "auth");
  const ready = prepared(auth, scheme);
  return ({ security }) => {
    // The alternatives are this scheme, or nothing at all.
    if (security[0] === undefined || security[0].length === 0) return undefined;
    if (ready !== undefined) return typeof ready === "function" ? ready() : ready;
    if (security.some(({ length }) => length === 0)) return undefined;
    throw noCredential(`auth.${option}`);
  };
}

type Ready = Credentials | (() => Promise<Credentials>);

/** The credentials for a scheme from the client's options; `undefined` without any. */
function prepared(auth: object, { option, apply }: SecurityScheme): Ready | undefined {
  const given: unknown = Reflect.get(auth, option);
  if (given === undefined) return undefined;
  return typeof given === "function" ? async () => apply(await given()) : apply(given);
}

function noCredential(wanted: string): InputError {
  return new InputError(`no credential: pass ${wanted}`);
}

/** `Authorization: Bearer …`, also for tokens of OAuth 2 and OpenID Connect. */
export function bearerScheme(option: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const token = checkToken(credential, `auth.${option}`);
      return inHeader("authorization", `Bearer ${token}`, [token]);
    },
  };
}

/** Another HTTP authentication scheme, with credentials in one string. */
export function httpScheme(option: string, scheme: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const token = asToken(credential, option, printable);
      return inHeader("authorization", `${scheme} ${token}`, [token]);
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
        throw new InputError(`auth.${option}.username: expected a string without a colon`);
      }
      const bytes = new TextEncoder().encode(`${username}:${password}`);
      const encoded = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
      return inHeader("authorization", `Basic ${encoded}`, [encoded, password]);
    },
  };
}

/** An API key in a header. */
export function headerKey(option: string, name: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const key = asToken(credential, option, printable);
      return inHeader(name, key, [key]);
    },
  };
}

/** An API key in the query. Servers and proxies write queries to their logs, but the contract requires it. */
export function queryKey(option: string, name: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const key = asToken(credential, option, /./s);
      const encoded = encodeURIComponent(key);
      const pair = `${encodeURIComponent(name)}=${encoded}`;
      const admit = (_: Headers, url: string): string =>
        `${url}${url.includes("?") ? "&" : "?"}${pair}`;
      return { admit, secrets: [key, encoded] };
    },
  };
}

/** An API key in a cookie. Browsers send their own cookies and ignore it. */
export function cookieKey(option: string, name: string): SecurityScheme {
  return {
    option,
    apply: (credential) => {
      const key = asToken(credential, option, /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/);
      const admit = (headers: Headers, url: string): string => {
        const others = headers.get("cookie");
        headers.set("cookie", `${others === null ? "" : `${others}; `}${name}=${key}`);
        return url;
      };
      return { admit, secrets: [key] };
    },
  };
}

function inHeader(name: string, value: string, secrets: readonly string[]): Credentials {
  const admit = (headers: Headers, url: string): string => {
    headers.set(name, value);
    return url;
  };
  return { admit, secrets };
}

/** Characters that a header can carry, without spaces at its ends. */
const printable = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/;

/** Checks a credential. Anything else would fail later, in an error of the platform that shows the secret. */
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
