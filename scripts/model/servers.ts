import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Server } from "./api.js";
import { propertyName } from "./names/properties.js";

/**
 * Reads a list of servers: the document's, a path's or an operation's. One that fetch cannot reach is refused, so that
 * its URL reaches no client: `javascript:` in a link would run.
 */
export function readServers(node: Node | undefined, problems: Problems): Server[] {
  return (node?.items() ?? []).flatMap((server): Server[] => {
    const url = server.text("url") ?? "";
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
      if (isSocket(unreachable)) problems.warn(server.at, found, `${supported}; it is left out`);
      else problems.add(server.at, found, supported);
      return [];
    }
    return [{ url, description: server.text("description") ?? "", variables }];
  });
}

/** A scheme is letters, digits and `+-.` before a colon; a host with a port looks like one, and has a number after it. */
function hasOtherScheme(text: string): boolean {
  // URL ignores control characters and white space in these places, and so would a browser.
  const plain = text.replace(/[\p{Cc}\s]/gu, "");
  const scheme = /^([a-z][a-z\d+.-]*):(?!\d)/i.exec(plain)?.[1]?.toLowerCase();
  return scheme !== undefined && scheme !== "http" && scheme !== "https";
}

/** Documents name web sockets beside the servers of their operations. */
function isSocket(text: string): boolean {
  return /^\s*wss?:/i.test(text);
}
