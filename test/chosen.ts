import { parseArgs } from "node:util";

/** Wrong use of a command. */
export class UsageError extends Error {}

/** What the command line of a runner of several programs asks for. */
export interface Chosen<Subject> {
  readonly wantsHelp: boolean;
  /** Whether what cannot be had is a failure. */
  readonly mustHaveAll: boolean;
  /** What is to run: all, or those that `--only` names. */
  readonly chosen: readonly Subject[];
}

/** @throws {UsageError} of a flag that there is not, or a name that nothing has. */
export function readChosen<Subject extends { readonly name: string }>(
  subjects: readonly Subject[],
): Chosen<Subject> {
  const options = {
    only: { type: "string" },
    "require-all": { type: "boolean" },
    help: { type: "boolean" },
  } as const;
  try {
    const { values } = parseArgs({ options });
    const { only, "require-all": mustHaveAll = false, help: wantsHelp = false } = values;
    const names = subjects.map(({ name }) => name);
    const wanted = only?.split(",") ?? names;
    const unknown = wanted.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Error(`--only: no ${unknown}; try ${names.join(", ")}`);
    const chosen = subjects.filter(({ name }) => wanted.includes(name));
    return { wantsHelp, mustHaveAll, chosen };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
