/** The order in which formatters sort imports and exports, so that they leave generated files unchanged. */

/** Packages first, then files: `../` before `./`. */
export function compareModules(left: string, right: string): number {
  const isFile = (name: string): number => Number(name.startsWith("."));
  return isFile(left) - isFile(right) || compareNames(withoutEnding(left), withoutEnding(right));
}

/** Formatters ignore the file extension: `call.js` comes before `call-stream.js`. */
function withoutEnding(file: string): string {
  return file.replace(/\.js$/, "");
}

/** Natural order: `A a B b`, and 2 before 10. */
export function compareNames(left: string, right: string): number {
  const ours = parts(left);
  const theirs = parts(right);
  for (const [index, part] of ours.entries()) {
    const other = theirs[index];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return ours.length - theirs.length;
}

/** Splits a name into whole numbers and single characters. */
function parts(text: string): readonly string[] {
  return text.match(/\d+|\D/gu) ?? [];
}

function compareParts(left: string, right: string): number {
  const isNumber = /^\d/.test(left) && /^\d/.test(right);
  const numbers = isNumber ? Number(left) - Number(right) : 0;
  const [one, two] = [left.toLowerCase(), right.toLowerCase()];
  return numbers || order(one, two) || order(left, right);
}

function order(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
