import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Json, Property } from "./api.js";
import { merged } from "./merge.js";

/**
 * Reads the default of a property. `absent` is the value for responses without the property: the default, if it is a
 * string, a number or a boolean that codecs do not convert.
 *
 * @param schema - the schema of the property
 * @param target - the same schema with its references resolved
 */
export function readDefault(
  schema: Node,
  target: Node,
  problems: Problems,
): Pick<Property, "default" | "absent"> {
  const fallback = schema.get("default") ?? target.get("default");
  if (fallback === undefined) return {};
  const { value } = fallback;
  if (!fits(target, value)) {
    problems.warn(
      fallback.at,
      `the default ${JSON.stringify(value)}`,
      "a default of the schema's type",
    );
    return {};
  }
  const isScalar =
    typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return { default: value, ...(isScalar && isReadAsIs(target, value) && { absent: value }) };
}

/** Whether a default fits the type, as far as that is easy to tell. */
function fits(target: Node, value: Json): boolean {
  const branches = [...target.items("oneOf"), ...target.items("anyOf")];
  if (branches.length > 0) return true;
  const values = target.get("const") ? [target.get("const")] : target.items("enum");
  if (value === null) return true;
  if (values.length > 0) return values.some((one) => one?.value === value);
  const given = target.get("type")?.value;
  const types = Array.isArray(given) ? given : [given];
  return types.some((type: Json | undefined) => {
    switch (type) {
      case "string":
      case "boolean":
      case "number":
        return typeof value === type;
      case "integer":
        return Number.isInteger(value);
      default:
        return type !== "null";
    }
  });
}

/** Whether codecs return a value unchanged. For a union of one schema and null, the schema decides. */
function isReadAsIs(target: Node, value: Json): boolean {
  const branches = [...target.items("oneOf"), ...target.items("anyOf")].filter(
    (one) => one.get("type")?.value !== "null",
  );
  const [only] = branches;
  if (only !== undefined) {
    const inner = merged(only);
    return branches.length === 1 && fits(inner, value) && isReadAsIs(inner, value);
  }
  if (target.text("format") === "date-time") return false;
  if (target.items("enum").length > 0 || target.get("const") !== undefined) return true;
  const given = target.get("type")?.value;
  const types: readonly Json[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  const names = typeof value === "number" ? ["number", "integer"] : [typeof value];
  return names.some((name) => types.includes(name));
}
