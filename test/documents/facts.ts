import { readFileSync } from "node:fs";
import { parse } from "yaml";

const methods = ["get", "put", "post", "patch", "delete", "head", "options", "trace", "query"];

/** What a document says of itself, read without the generator. */
export function readFacts(file: string): { readonly version: string; readonly operations: number } {
  const document = parseDocument(file);
  if (!isObject(document)) return { version: "none", operations: 0 };
  const paths = isObject(document["paths"]) ? Object.values(document["paths"]) : [];
  const operations = paths.flatMap((given) => {
    const item = isObject(given) && "$ref" in given ? target(document, given["$ref"]) : given;
    return isObject(item) ? methods.filter((method) => isObject(item[method])) : [];
  });
  const version = document["openapi"] ?? document["swagger"];
  return {
    version: version === undefined ? "none" : String(version),
    operations: operations.length,
  };
}

/** What a reference inside a document leads to. */
function target(document: unknown, ref: unknown): unknown {
  const keys = String(ref).split("/").slice(1);
  return keys.reduce<unknown>(
    (value, key) =>
      isObject(value) ? value[key.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined,
    document,
  );
}

function parseDocument(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return text.trimStart().startsWith("{")
      ? JSON.parse(text)
      : parse(text, { logLevel: "silent" });
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
