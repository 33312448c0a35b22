import type { Json } from "../../model/api.js";
import { isObject } from "../canonical.js";
import { type JsonObject, only, without } from "./grammar.js";

/**
 * The servers of a Swagger 2.0 document: host and base path, once for each scheme. `https` comes first, because the
 * first server is the default. It is also the scheme of documents that declare none.
 */
export function serversOf(root: JsonObject, schemes: Json | undefined): Json[] {
  const host = root["host"];
  const basePath = typeof root["basePath"] === "string" ? root["basePath"] : "";
  if (typeof host !== "string" || host === "") return basePath === "" ? [] : [{ url: basePath }];
  const named = (Array.isArray(schemes) ? schemes : []).filter(
    (scheme): scheme is string => scheme === "http" || scheme === "https",
  );
  const sorted = named.length === 0 ? ["https"] : named.toSorted().toReversed();
  return sorted.map((scheme) => ({ url: `${scheme}://${host}${basePath.replace(/\/$/, "")}` }));
}

const flows: Readonly<Record<string, string>> = {
  accessCode: "authorizationCode",
  application: "clientCredentials",
  implicit: "implicit",
  password: "password",
};

/** Converts a security scheme to OpenAPI 3. */
export function convertSecurity(scheme: Json): Json {
  if (!isObject(scheme)) return scheme;
  switch (scheme["type"]) {
    case "basic":
      return { ...scheme, type: "http", scheme: "basic" };
    case "oauth2": {
      const parts = ["authorizationUrl", "tokenUrl", "scopes"];
      const flow = flows[String(scheme["flow"])] ?? "implicit";
      return {
        ...without(scheme, "flow", ...parts),
        flows: { [flow]: { scopes: {}, ...only(scheme, parts) } },
      };
    }
    default:
      return scheme;
  }
}
