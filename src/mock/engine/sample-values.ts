import type { Answer } from "./answer.js";
import type { AnswerContract } from "./contract.js";
import { isJsonObject } from "./json.js";

/** A response of values that Prism made up by the schemas, mended where it overlooks what the contract says. */
export function fitSampleValues(answer: Answer, declared: AnswerContract | undefined): Answer {
  if (declared === undefined || !isJsonObject(answer.body)) return answer;
  const body = withoutMisfits(answer.body, declared);
  return { ...answer, body: withDeclaredCode(body, declared) };
}

/** Prism overlooks some limits of the schemas: items of lists that break one are left out. */
function withoutMisfits(body: object, { bodies }: AnswerContract): object {
  const misfits = new Map<string, Set<number>>();
  for (const { path } of bodies.get("application/json")?.(body) ?? []) {
    const [list, index] = path;
    if (list === undefined || !/^\d+$/.test(index ?? "")) continue;
    misfits.set(list, (misfits.get(list) ?? new Set()).add(Number(index)));
  }
  const members = Object.entries(body).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.filter((_, index) => !misfits.get(name)?.has(index)) : value,
  ]);
  return Object.fromEntries(members);
}

/** A code is any text to its schema, and so to Prism; one that the status does not carry gives way to its first. */
function withDeclaredCode(body: object, { codes }: AnswerContract): object {
  const [first] = codes;
  if (first === undefined || codes.includes(String(Object(body).code))) return body;
  return { ...body, code: first };
}
