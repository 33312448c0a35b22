import { locate } from "../cases/schema.js";
import { validValues } from "../cases/valid-values.js";
import type { Contract, ContractOperation, Json, JsonObject } from "../read-document.js";
import { isJsonArray, isJsonObject, valueAt } from "../read-document.js";
import type { Check, Reference, Touch } from "./check.js";
import { claim, same } from "./claim.js";
import { operationIn, type Part, partIn, partsOf, touchOf } from "./parts.js";

/** What is there, and what is said of it: operations, statuses, codes, headers, media types, examples, security. */
export function surfaceChecks({ contract }: Reference): readonly Check[] {
  return [
    ...contractChecks(contract),
    ...contract.operations.flatMap((operation) => operationChecks(contract, operation)),
    ...partsOf(contract).flatMap((part) => [
      ...exampleChecks(part),
      ...valueChecks(contract.document, part),
    ]),
  ];
}

function contractChecks({ document, operations, errors }: Contract): readonly Check[] {
  const ids = operations.map(({ operationId }) => operationId).toSorted();
  return [
    surface("the operations", ({ operations }) => {
      same(operations.map(({ operationId }) => operationId).toSorted(), ids, "operations");
    }),
    surface("the codes of errors", (candidate) => {
      same([...candidate.errors.keys()].toSorted(), [...errors.keys()].toSorted(), "codes");
    }),
    ...[...errors].map(([code, facts]) =>
      surface(`the code ${code}`, (candidate) => same(candidate.errors.get(code), facts, code)),
    ),
    surface("the servers and their variables", (candidate) => {
      same(serversOf(candidate.document), serversOf(document), "servers");
    }),
    surface("the dialect of schemas", (candidate) => {
      const key = "jsonSchemaDialect";
      same(candidate.document[key], document[key], key);
    }),
  ];
}

function operationChecks(contract: Contract, operation: ContractOperation): readonly Check[] {
  const { operationId } = operation;
  const facts = (one: ContractOperation): unknown => ({
    route: `${one.method} ${one.path}`,
    tags: one.tags,
    statuses: one.responses.map(({ status }) => status).toSorted((a, b) => a - b),
    parameters: one.parameters
      .map(({ name, in: place, required }) => ({ name, place, required }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    body: {
      required: one.requestBodyRequired,
      mediaTypes: one.requestBodies.map(({ mediaType }) => mediaType),
    },
  });
  const found = (candidate: Contract): ContractOperation => operationIn(candidate, operation);
  return [
    surface(`${operationId}: route, parameters, body and statuses`, (candidate) =>
      same(facts(found(candidate)), facts(operation), operationId),
    ),
    surface(`${operationId}: security`, (candidate) =>
      same(securityOf(candidate, found(candidate)), securityOf(contract, operation), "security"),
    ),
    ...operation.responses.map(({ status, ...response }) =>
      surface(
        `${operationId} ${status}: media types, headers and codes`,
        (candidate) => {
          const other = found(candidate).responses.find((one) => one.status === status);
          claim(other !== undefined, () => `no response ${status}`);
          same(mediaTypes(other), mediaTypes(response), "media types");
          same(headers(other), headers(response), "headers");
          same(other.errorCodes.toSorted(), response.errorCodes.toSorted(), "codes");
        },
        [{ operationId, status }],
      ),
    ),
  ];
}

/** Every named example is still there, still the same, and still fits. */
function exampleChecks(part: Part): readonly Check[] {
  return part.examples.map(({ name, value }): Check => {
    return {
      suite: "surface",
      name: `${part.key}: example ${name}`,
      touches: [touchOf(part, value, name)],
      run: ({ contract, judge }) => {
        const other = partIn(contract, part.key);
        const example = other.examples.find((one) => one.name === name);
        same(example?.value, value, `example ${name}`);
        const verdict = judge.verdict(other.schemaPointer, value);
        claim(verdict.length === 0, () => `example ${name}: ${JSON.stringify(verdict)}`);
      },
    };
  });
}

/** Defaults and the values of enums, in their order: what no validator looks at. */
function valueChecks(document: JsonObject, part: Part): readonly Check[] {
  const said = new Map(schemasOf(document, part).map((one) => [one.place, one.facts]));
  return [...said].map(([place, facts]): Check => {
    return {
      suite: "surface",
      name: `${part.key}${place}: default and values`,
      touches: [],
      run: ({ contract }) => {
        const other = schemasOf(contract.document, partIn(contract, part.key));
        const found = other.find((one) => one.place === place);
        same(found?.facts, facts, `default and values of ${place}`);
      },
    };
  });
}

/** The schemas of a part that have a default or an enum, by their place in a value. */
function schemasOf(
  document: JsonObject,
  part: Part,
): readonly { readonly place: string; readonly facts: Json }[] {
  return validValues(document, part.schemaPointer).flatMap(({ path, pointer, constraint }) => {
    // A case of an optional property that is left out points to the object around it.
    if (constraint === "required" || constraint === "properties") return [];
    const { schema } = locate(document, pointer);
    const { default: fallback, enum: values } = schema;
    if (fallback === undefined && values === undefined) return [];
    const place = path.map((key) => `/${key}`).join("");
    return [{ place, facts: { default: fallback ?? null, values: values ?? null } }];
  });
}

/** What a caller must show: the schemes that the operation asks for, or else the document. */
function securityOf({ document }: Contract, operation: ContractOperation): Json {
  const asked = valueAt(document, `${operation.pointer}/security`) ?? document["security"] ?? [];
  if (!isJsonArray(asked)) return asked;
  return asked.map((alternative) =>
    Object.keys(isJsonObject(alternative) ? alternative : {}).map((name) => {
      const scheme = valueAt(document, `/components/securitySchemes/${name}`);
      if (!isJsonObject(scheme)) return null;
      const { description: _, ...facts } = scheme;
      return facts;
    }),
  );
}

/** The servers without what describes them. */
function serversOf(document: JsonObject): Json {
  const servers = isJsonArray(document["servers"]) ? document["servers"] : [];
  return servers.map((server) => {
    const { url = null, variables = null } = isJsonObject(server) ? server : {};
    const facts = Object.entries(isJsonObject(variables) ? variables : {}).map(
      ([name, variable]) => {
        const { default: fallback = null, enum: values = null } = isJsonObject(variable)
          ? variable
          : {};
        return { name, fallback, values };
      },
    );
    return { url, variables: facts };
  });
}

function mediaTypes({ bodies }: Pick<ContractOperation["responses"][number], "bodies">): Json {
  return bodies.map(({ mediaType }) => mediaType);
}

function headers({ headers }: Pick<ContractOperation["responses"][number], "headers">): Json {
  return headers
    .map(({ name, required }) => `${name.toLowerCase()}${required ? ", required" : ""}`)
    .toSorted();
}

function surface(
  name: string,
  run: (candidate: Contract) => void,
  touches: readonly Touch[] = [],
): Check {
  return { suite: "surface", name, touches, run: ({ contract }) => run(contract) };
}
