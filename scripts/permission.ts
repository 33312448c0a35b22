/** Whether Node.js lets this process do something: everything, unless it runs with `--permission`. */
export function isAllowed(scope: "child" | "worker"): boolean {
  // The types of Node.js 20 do not have it: the member is there under the flag alone.
  const { permission } = process as { permission?: { has: (scope: string) => boolean } };
  return permission === undefined || permission.has(scope);
}
