import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Server } from "./api.js";
import { propertyName } from "./names/properties.js";

/** Reads a list of servers: the document's, a path's or an operation's. */
export function readServers(node: Node | undefined, problems: Problems): Server[] {
  return (node?.items() ?? []).map((server) => ({
    url: server.text("url") ?? "",
    description: server.text("description") ?? "",
    variables: server.entries("variables").map(([name, variable]) => ({
      name,
      property: propertyName(name, variable, problems),
      default: variable.text("default") ?? "",
      values: variable.texts("enum"),
      description: variable.text("description") ?? "",
    })),
  }));
}
