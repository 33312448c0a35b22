import type { Answer } from "./answer.js";
import type { AnswerContract } from "./contract.js";
import { isJsonObject } from "./json.js";

/** Corrects sample values that Prism generated, where Prism ignores parts of the contract. */
export function fitSampleValues(answer: Answer, declared: AnswerContract | undefined): Answer {
  if (declared === undefined || !isJsonObject(answer.body)) return answer;
  const body = withoutMisfits(answer.body, declared);
  return { ...answer, body: withDeclaredCode(body, declared) };
}

/** Removes list items that violate the contract: Prism ignores some limits of schemas. */
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

/** Replaces an error code that the status does not have by its first one: the schema allows any string as a code. */
function withDeclaredCode(body: object, { codes }: AnswerContract): object {
  const [first] = codes;
  if (first === undefined || codes.includes(String(Object(body).code))) return body;
  return { ...body, code: first };
}
