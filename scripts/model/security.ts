import { isObject } from "../spec/canonical.js";
import type { Node } from "../spec/node.js";
import type { Problems } from "../spec/problem.js";
import type { Method, Security, SecurityRequirements, SecurityScheme } from "./api.js";
import { propertyName } from "./names/properties.js";
import { isToken } from "./token.js";

/** Name of the scheme for operations that declare the header `Authorization` as a parameter. */
const undeclared = "authorization";

/**
 * Reads the security requirements of an operation. Alternatives keep their order, but the one without schemes comes
 * last, so that a credential is sent if the caller has one.
 */
export function readRequirements(
  node: Node,
  pathItem: Node,
  root: Node,
  problems: Problems,
): SecurityRequirements {
  const declared = requirementsOf(node.get("security") ?? root.get("security"), root, problems);
  if (declared.length > 0 || node.get("security") !== undefined) return declared;
  const parameters = [...pathItem.items("parameters"), ...node.items("parameters")];
  const isSent = parameters
    .map((one) => one.resolve() ?? one)
    .some((one) => isAuthorization(one.text("in"), one.text("name")));
  return isSent ? [[undeclared]] : [];
}

/** Whether a parameter is the header `Authorization`. Callers set it with the option `auth`. */
export function isAuthorization(place: string | undefined, name: string | undefined): boolean {
  return place === "header" && name?.toLowerCase() === "authorization";
}

/** Reads a list of security requirements; empty if no credential is needed. */
function requirementsOf(
  security: Node | undefined,
  root: Node,
  problems: Problems,
): SecurityRequirements {
  const schemes = root.get("components")?.get("securitySchemes");
  const alternatives = (security?.items() ?? []).flatMap((one): string[][] => {
    if (!isObject(one.value)) return [];
    const names: string[] = [];
    for (const name of Object.keys(one.value)) {
      const scheme = schemes?.get(name)?.resolve();
      if (scheme === undefined) {
        const supported = "a name of components/securitySchemes";
        problems.warn(one.at, `the security scheme ${name}, which is not declared`, supported);
        return [];
      }
      const sent = sentBy(scheme);
      // The alternative needs a credential that cannot be sent: readSecurity leaves out its scheme.
      if (sent.by === "nothing" && sent.problem !== undefined) return [];
      if (sent.by !== "nothing") names.push(name);
    }
    return [names];
  });
  if (alternatives.every((names) => names.length === 0)) return [];
  return [
    ...alternatives.filter((names) => names.length > 0),
    ...alternatives.filter((names) => names.length === 0).slice(0, 1),
  ];
}

/** Reads the security schemes that operations use, in the order of the document. */
export function readSecurity(root: Node, methods: readonly Method[], problems: Problems): Security {
  const usual = requirementsOf(root.get("security"), root, problems);
  const used = new Set([usual, ...methods.map(({ security }) => security)].flat(2));
  const declared = root.get("components")?.entries("securitySchemes") ?? [];
  const schemes = declared.flatMap(([name, unresolved]): SecurityScheme[] => {
    const node = unresolved.resolve();
    if (node === undefined) return [];
    const sent = sentBy(node);
    if (sent.by === "nothing") {
      const { problem } = sent;
      if (problem === undefined) return [];
      problems.leaveOut(
        `the security scheme ${name}`,
        problem.at,
        problem.found,
        problem.supported,
      );
      return [];
    }
    if (!used.has(name)) return [];
    const description = node.text("description") ?? "";
    return [{ name, option: propertyName(name, node, problems), description, sent }];
  });
  if (used.has(undeclared) && !schemes.some(({ name }) => name === undeclared)) {
    schemes.push({
      name: undeclared,
      option: undeclared,
      description: "The header `Authorization` as a whole.",
      sent: { by: "header", name: "Authorization" },
    });
  }
  return { schemes, usual };
}

/** A scheme for which the client sends nothing, with the reason if that is a problem. */
interface Unsent {
  readonly by: "nothing";
  readonly problem?: {
    readonly at: readonly string[];
    readonly found: string;
    readonly supported: string;
  };
}

function sentBy(node: Node): SecurityScheme["sent"] | Unsent {
  const type = node.text("type");
  switch (type) {
    case "http": {
      const scheme = node.text("scheme") ?? "";
      if (scheme.toLowerCase() === "basic") return { by: "basic" };
      if (scheme.toLowerCase() === "bearer") return { by: "authorization", scheme: "Bearer" };
      if (isToken(scheme)) return { by: "authorization", scheme };
      const supported = "the name of an HTTP authentication scheme";
      return unsent([...node.at, "scheme"], JSON.stringify(scheme), supported);
    }
    case "oauth2":
    case "openIdConnect":
      return { by: "authorization", scheme: "Bearer" };
    case "apiKey": {
      const by = node.text("in");
      const name = node.text("name") ?? "";
      if (by === "query" && name !== "") return { by, name };
      if ((by === "header" || by === "cookie") && isToken(name)) return { by, name };
      const found = `an API key in ${by}, named ${JSON.stringify(name)}`;
      return unsent(node.at, found, "in: header, query or cookie, with a name that is valid there");
    }
    case "mutualTLS":
      // The platform presents a certificate when it connects.
      return { by: "nothing" };
    default: {
      const found = `a security scheme of type ${JSON.stringify(type)}`;
      return unsent(node.at, found, "http, apiKey, oauth2, openIdConnect and mutualTLS");
    }
  }
}

function unsent(at: readonly string[], found: string, supported: string): Unsent {
  return { by: "nothing", problem: { at, found, supported } };
}
