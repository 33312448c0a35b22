/** Whether Node.js allows child processes or threads. It always does without `--permission`. */
export function isAllowed(scope: "child" | "worker"): boolean {
  // The types of Node.js 20 lack this property, which exists with the flag only.
  const { permission } = process as { permission?: { has: (scope: string) => boolean } };
  return permission === undefined || permission.has(scope);
}
