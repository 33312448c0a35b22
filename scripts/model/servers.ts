import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Server } from "./api.js";
import { propertyName } from "./names/properties.js";

/**
 * Reads the servers of a document, a path or an operation. Servers that `fetch` cannot reach are rejected, so that no
 * client contains their URLs: a browser would run a `javascript:` URL in a link.
 */
export function readServers(node: Node | undefined, problems: Problems): Server[] {
  return (node?.items() ?? []).flatMap((server): Server[] => {
    const url = server.text("url");
    if (url === undefined) {
      problems.warn(server.at, "a server without a URL, which is ignored", "url");
      return [];
    }
    const variables = server.entries("variables").map(([name, variable]) => ({
      name,
      property: propertyName(name, variable, problems),
      default: variable.text("default") ?? "",
      values: variable.texts("enum"),
      description: variable.text("description") ?? "",
    }));
    const all = [url, ...variables.flatMap((one) => [one.default, ...one.values])];
    const unreachable = all.find((text) => hasOtherScheme(text));
    if (unreachable !== undefined) {
      const found = `the server ${JSON.stringify(unreachable)}`;
      const supported = "http:, https:, or a path";
      if (isSocket(unreachable)) problems.warn(server.at, found, `${supported}; it is ignored`);
      else problems.add(server.at, found, supported);
      return [];
    }
    return [{ url, description: server.text("description") ?? "", variables }];
  });
}

/** Whether a URL has a scheme other than HTTP. A host with a port looks like one, but a number follows its colon. */
function hasOtherScheme(text: string): boolean {
  // `URL` and browsers ignore control characters and white space in a scheme.
  const plain = text.replace(/[\p{Cc}\s]/gu, "");
  const scheme = /^([a-z][a-z\d+.-]*):(?!\d)/i.exec(plain)?.[1]?.toLowerCase();
  return scheme !== undefined && scheme !== "http" && scheme !== "https";
}

/** Whether a server is a web socket. Documents list them together with the servers of their operations. */
function isSocket(text: string): boolean {
  return /^\s*wss?:/i.test(text);
}
