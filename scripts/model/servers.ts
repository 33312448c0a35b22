import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Server } from "./api.js";
import { propertyName } from "./names/properties.js";

/**
 * Reads the servers of a document, a path or an operation. Servers that `fetch` cannot reach are left out, so that no
 * client contains their URLs: a browser would run a `javascript:` URL in a link. If no other server remains, that is an
 * error: the client would call another server than the document says.
 */
export function readServers(node: Node | undefined, problems: Problems): Server[] {
  const all = (node?.items() ?? []).flatMap((at) => readServer(at, problems) ?? []);
  const reachable = all.filter(({ unreachable }) => unreachable === undefined);
  for (const { at, unreachable } of all) {
    if (unreachable === undefined) continue;
    const part = `the server ${JSON.stringify(unreachable)}`;
    const supported = "http:, https:, or a path";
    if (isSocket(unreachable)) problems.warn(at, part, `${supported}; it is ignored`);
    else if (reachable.length === 0) problems.add(at, part, supported);
    else problems.leaveOut(part, at, "a server that fetch cannot reach", supported);
  }
  return reachable.map(({ server }) => server);
}

/** A server, its place, and the URL or the value of a variable that `fetch` cannot reach. */
interface Candidate {
  readonly server: Server;
  readonly at: readonly string[];
  readonly unreachable: string | undefined;
}

function readServer(node: Node, problems: Problems): Candidate | undefined {
  const url = node.text("url");
  if (url === undefined) {
    problems.warn(node.at, "a server without a URL, which is ignored", "url");
    return undefined;
  }
  const variables = node.entries("variables").map(([name, variable]) => ({
    name,
    property: propertyName(name, variable, problems),
    default: variable.text("default") ?? "",
    values: variable.texts("enum"),
    description: variable.text("description") ?? "",
  }));
  const texts = [url, ...variables.flatMap((one) => [one.default, ...one.values])];
  const unreachable = texts.find((text) => hasOtherScheme(text));
  const server = { url, description: node.text("description") ?? "", variables };
  return { server, at: node.at, unreachable };
}

/**
 * Whether a URL has a scheme other than HTTP. A host with a port looks like one, but only a number follows its colon. No
 * host is named like a scheme that runs a script: `javascript:1/alert(1)` is a program.
 */
function hasOtherScheme(text: string): boolean {
  // `URL` and browsers ignore control characters and white space in a scheme.
  const plain = text.replace(/[\p{Cc}\s]/gu, "");
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(plain)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === "http" || scheme === "https") return false;
  return /script$/.test(scheme) || !/^[^:]*:\d+([/?#]|$)/.test(plain);
}

/** Whether a server is a web socket. Documents list them together with the servers of their operations. */
function isSocket(text: string): boolean {
  return /^\s*wss?:/i.test(text);
}
