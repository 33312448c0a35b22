import { isJsonObject, type JsonObject } from "../engine/json.js";
import controlDocument from "./control.openapi.json" with { type: "json" };

/** Paths that read or set a state. */
const pathsOfState: readonly string[] = ["state", "clock", "clock/advance", "faults"];

/** Whether a path of the control is one of a state, which a mock that answers with examples does not have. */
export function isOfState(path: string): boolean {
  return pathsOfState.includes(path);
}

/** The document of the control, without what a mock without state does not have. */
export function describedControl(stateless: boolean): JsonObject {
  if (!stateless) return controlDocument;
  const { info, paths, components } = controlDocument;
  const { tokens: _, ...properties } = components.schemas.SessionInfo.properties;
  const left = Object.entries(paths).filter(([path]) => !isOfState(path.slice(1)));
  const schemas: JsonObject = {
    ...components.schemas,
    SessionInfo: { ...components.schemas.SessionInfo, properties },
  };
  return {
    ...controlDocument,
    info: { ...info, description: withoutState },
    paths: Object.fromEntries(left),
    components: { ...components, schemas: usedOf(schemas, Object.fromEntries(left)) },
  };
}

const withoutState =
  "Reads the journal and the verdict of a mock that answers with examples, for each session. The mock takes these requests from its own machine only, with the control token as bearer token.";

/** The schemas that something refers to, directly or through others. */
function usedOf(schemas: JsonObject, user: JsonObject): JsonObject {
  const used = new Set<string>();
  const waiting: unknown[] = [user, controlDocument.components.responses];
  for (const value of waiting) {
    if (Array.isArray(value)) waiting.push(...value);
    if (!isJsonObject(value)) continue;
    const name = String(value["$ref"]).replace(/^#\/components\/schemas\//, "");
    if (Object.hasOwn(schemas, name) && !used.has(name)) {
      used.add(name);
      waiting.push(schemas[name]);
    }
    waiting.push(...Object.values(value));
  }
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
}
