import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { Example, Json } from "./api.js";

/**
 * Reads the examples of an operation's request: one for each named example of the body, or one for the parameters.
 * None if a required part has no example, because an incomplete call does not help the reader.
 */
export function readExamples(pathItem: Node, node: Node): Example[] {
  const parameters: Record<string, Json> = {};
  for (const unresolved of [...pathItem.items("parameters"), ...node.items("parameters")]) {
    const parameter = unresolved.resolve() ?? unresolved;
    const value = exampleOf(parameter) ?? exampleOf(parameter.get("schema")?.resolve());
    if (value !== undefined) parameters[parameter.text("name") ?? ""] = value;
    else if (parameter.flag("required")) return [];
  }
  const requestBody = node.get("requestBody")?.resolve();
  if (requestBody === undefined) return [{ name: "", summary: "", parameters }];
  const media = requestBody.get("content")?.get("application/json");
  return (media?.entries("examples") ?? []).flatMap(([name, unresolved]): Example[] => {
    const example = unresolved.resolve();
    const body = example?.get("value")?.value;
    return body === undefined
      ? []
      : [{ name, summary: example?.text("summary") ?? "", parameters, body }];
  });
}

function exampleOf(node: Node | undefined): Json | undefined {
  if (node === undefined) return undefined;
  const own = node.get("example")?.value;
  if (own !== undefined) return own;
  const examples = node.get("examples");
  if (examples === undefined) return undefined;
  if (Array.isArray(examples.value)) return examples.value[0];
  if (!isObject(examples.value)) return undefined;
  const [first] = examples.entries();
  return first?.[1].resolve()?.get("value")?.value;
}
