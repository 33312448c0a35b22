import { buildApi } from "../../../scripts/model/build.js";
import { nameOf, replaceAt, toPointer } from "../cases/value-case.js";
import type { Contract } from "../read-document.js";
import { asInput, clientPath, withClientNames } from "../wire-values.js";
import type { Check, Reference } from "./check.js";
import { claim } from "./claim.js";
import type { Client } from "./client.js";
import { type Part, partsOf } from "./parts.js";
import { isWhole, ruleCases, typeableBase } from "./rule-cases.js";
import { isMoment, refusable } from "./schema-cases.js";
import { complaintsOf } from "./type-probe.js";

/** One line of code, and whether the compiler takes it. */
interface Probe {
  readonly name: string;
  readonly code: string;
  readonly compiles: boolean;
}

/** Constraints that types can say. */
const typed: readonly string[] = ["required", "type", "enum", "oneOf", "anyOf"];

/** What the types of the client let a caller write, and what they refuse. */
export function clientTypeChecks({ contract }: Reference): readonly Check[] {
  const probes = [...nameProbes(contract), ...inputProbes(contract), ...codeProbes(contract)];
  const program = [
    'import type * as client from "../generated/index.js";',
    "declare const api: client.Api;",
    ...probes.map(({ code }) => code),
    "export {};",
  ].join("\n");
  const found = new WeakMap<Client, ReadonlyMap<number, string>>();
  return probes.map(({ name, compiles }, index): Check => {
    return {
      suite: "client types",
      name,
      touches: [],
      run: async (subject) => {
        const client = await subject.client();
        const complaints = found.get(client) ?? complaintsOf(client.sources, program);
        found.set(client, complaints);
        const complaint = complaints.get(index + 2);
        claim((complaint === undefined) === compiles, () => complaint ?? "it compiles");
      },
    };
  });
}

/** The types that callers can name. */
function nameProbes({ document }: Contract): readonly Probe[] {
  const { models, resources } = buildApi(document).api;
  const names = [
    ...models.flatMap(({ name, inputName = name, answered }) =>
      answered ? [name, inputName] : [inputName],
    ),
    ...resources.flatMap(({ className, methods }) => [
      className,
      ...methods.flatMap(({ failureName, input }) => [failureName, input.typeName ?? []].flat()),
    ]),
  ];
  return [...new Set(names)].map((name) => {
    return {
      name: `there is a type ${name}`,
      code: `declare const ${name}: client.${name}; void ${name};`,
      compiles: true,
    };
  });
}

function inputProbes(contract: Contract): readonly Probe[] {
  const { document } = contract;
  const methods = methodsOf(contract);
  return partsOf(contract).flatMap((part): readonly Probe[] => {
    const method = methods.get(part.operation.operationId);
    if (method === undefined || part.kind !== "body") return [];
    const { schemaPointer } = part;
    const base = typeableBase(document, schemaPointer);
    const callWith = (input: unknown): string =>
      `void api.${method.call}(${JSON.stringify(input)});`;
    const wrong = refusable(document, part)
      .filter((one) => typed.includes(one.constraint) && !isMoment(document, one))
      .filter(({ what }) => what !== "a fraction")
      .map((one): Probe => {
        const path = clientPath(document, schemaPointer, one.base, one.path);
        const input = replaceAt(
          asInput(document, schemaPointer, base),
          path,
          withClientNames(one.value),
        );
        return {
          name: `${part.key} does not compile with ${nameOf(one)}`,
          code: callWith(input),
          compiles: false,
        };
      });
    const rules = ruleCases(document, schemaPointer).map((one): Probe => {
      const compiles = one.holds || isWhole(document, schemaPointer, one);
      const way = `${compiles ? "compiles" : "does not compile"} with ${toPointer(one.path)} ${one.what}`;
      const code = callWith(asInput(document, schemaPointer, one.value));
      return { name: `${part.key} ${way}`, code, compiles };
    });
    const whole = callWith(asInput(document, schemaPointer, base));
    return [{ name: `${part.key} compiles`, code: whole, compiles: true }, ...rules, ...wrong];
  });
}

/** The type of what a call can fail with knows the codes of each status, and no others. */
function codeProbes(contract: Contract): readonly Probe[] {
  const methods = methodsOf(contract);
  const answers = partsOf(contract).filter(
    (part): part is Part & { readonly kind: "answer" } =>
      part.kind === "answer" && part.response.status >= 400,
  );
  return answers.flatMap(({ key, operation, response: { status, errorCodes } }) => {
    const type = `Extract<client.${methods.get(operation.operationId)?.failure}, { readonly status: ${status} }>["code"]`;
    return [...contract.errors.keys()].map((code): Probe => {
      const compiles = errorCodes.includes(code);
      const name = `${key} ${compiles ? "knows" : "does not know"} the code ${code}`;
      return { name, code: `void (${JSON.stringify(code)} satisfies ${type});`, compiles };
    });
  });
}

function methodsOf({
  document,
}: Contract): ReadonlyMap<string, { readonly call: string; readonly failure: string }> {
  return new Map(
    buildApi(document).api.resources.flatMap(({ property, methods }) =>
      methods.map(({ operationId, name, failureName }) => [
        operationId,
        { call: `${property}.${name}`, failure: failureName },
      ]),
    ),
  );
}
