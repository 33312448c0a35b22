import { type Problem, shown } from "./diagnostics.js";
import { illFormed, isWellFormed } from "./unicode.js";

/** An array or object, with a link to its owner: storing a path for each of many levels would take too much memory. */
interface Holder {
  readonly value: object;
  readonly key: string;
  readonly owner: Holder | undefined;
}

/** Finds the strings and keys in a value that UTF-8 cannot express; at most 100. */
export function illFormedTexts(value: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const holders: Holder[] = [{ value: [value], key: "", owner: undefined }];
  // The array grows during the loop. Recursion could overflow the stack, because a body can nest deeply.
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

/** The path to a place, cut to fit in a message: keys may be of any length and depth. */
function pathTo(holder: Holder, ...last: readonly string[]): readonly string[] {
  const path = [...last];
  for (let at = holder; at.owner !== undefined; at = at.owner) path.push(at.key);
  // The outermost array was only added around the value.
  const steps = path.reverse().slice(1);
  const short = steps.slice(0, 10).map((key) => (key.length > 40 ? `${key.slice(0, 40)}…` : key));
  return steps.length > 10 ? [...short, "…"] : short;
}
