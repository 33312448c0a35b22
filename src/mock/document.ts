import type { JsonObject } from "./engine/json.js";
import { isJsonObject } from "./engine/json.js";

/** The path of the first server, its variables at their defaults, without a slash at the end. */
export function basePath(servers: unknown): string {
  const [server]: readonly unknown[] = Array.isArray(servers) ? servers : [];
  const { url, variables }: JsonObject = isJsonObject(server) ? server : {};
  if (typeof url !== "string") return "";
  const filled = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = isJsonObject(variables) ? variables[name] : undefined;
    return isJsonObject(variable) && typeof variable["default"] === "string"
      ? variable["default"]
      : whole;
  });
  // A server may be relative to where the document lies; only its path matters here.
  return new URL(filled, "http://localhost").pathname.replace(/(?<!\/)\/+$/, "");
}
