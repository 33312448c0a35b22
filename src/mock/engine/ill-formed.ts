import { type Problem, shown } from "./diagnostics.js";
import { illFormed, isWellFormed } from "./unicode.js";

/** A list or an object inside of others. It knows its way up: the path to each of many levels is too much to keep. */
interface Holder {
  readonly value: object;
  readonly key: string;
  readonly owner: Holder | undefined;
}

/** The texts in a value, keys among them, that have no form in UTF-8; no more than a hundred. */
export function illFormedTexts(value: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const holders: Holder[] = [{ value: [value], key: "", owner: undefined }];
  // It grows on the way. Recursion would not do: a body can be deeper than the stack.
  for (const holder of holders) {
    for (const [key, member] of Object.entries(holder.value)) {
      if (!isWellFormed(key)) {
        problems.push({ path: pathTo(holder), words: `the key ${shown(key)} ${illFormed}` });
      }
      if (typeof member === "string" && !isWellFormed(member)) {
        problems.push({ path: pathTo(holder, key), words: illFormed });
      }
      if (typeof member === "object" && member !== null) {
        holders.push({ value: member, key, owner: holder });
      }
      if (problems.length >= 100) return problems.slice(0, 100);
    }
  }
  return problems;
}

/** Keys may be anything, of any length and at any depth: no more of it than a message can hold. */
function pathTo(holder: Holder, ...last: readonly string[]): readonly string[] {
  const path = [...last];
  for (let at = holder; at.owner !== undefined; at = at.owner) path.push(at.key);
  // The outermost list is the one that was put around the value.
  const steps = path.reverse().slice(1);
  const short = steps.slice(0, 10).map((key) => (key.length > 40 ? `${key.slice(0, 40)}…` : key));
  return steps.length > 10 ? [...short, "…"] : short;
}
