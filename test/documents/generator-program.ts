/**
 * Generates documents that it is sent, one by one, and says what came of each. A process of its own: a document that
 * hangs the generator, or takes all memory, is an entry of the table and not the end of the run.
 */
import { mkdirSync, rmSync } from "node:fs";
import { generate, type Stage } from "../../scripts/pipeline.js";
import type { Problem } from "../../scripts/spec/problem.js";
import { wireTypes } from "../../scripts/wire-types.js";
import { compare, writeChanges } from "../../scripts/write.js";
import { readFacts } from "./facts.js";
import { type Measured, nothing, type Reason, type Task } from "./measure.js";

const quiet: Stage = async (_name, work) => work();

async function measure({ name, spec, out }: Task): Promise<Measured> {
  const start = performance.now();
  const started: Measured = { ...nothing(name), ...readFacts(spec) };
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  try {
    const { files, built } = await generate(
      { spec, out, strict: false, urls: false },
      quiet,
      wireTypes,
    );
    await writeChanges(out, compare(out, files));
    return {
      ...started,
      generated: built.api.resources.flatMap(({ methods }) => methods).length,
      leftOut: built.omitted.map(({ operation, reason, source, pointer }) => ({
        at: source ?? pointer,
        operation,
        words: reason,
      })),
      warnings: built.warnings.length,
      files: files.length,
      seconds: { generate: (performance.now() - start) / 1000, check: 0 },
    };
  } catch (error) {
    const seconds = { generate: (performance.now() - start) / 1000, check: 0 };
    const problems = problemsOf(error);
    if (problems !== undefined) return { ...started, seconds, refused: problems.map(toReason) };
    const crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...started, seconds, crash };
  }
}

/** The problems that a document was refused for; `undefined` where the error is no refusal. */
function problemsOf(error: unknown): readonly Problem[] | undefined {
  const isRefusal = error instanceof Error && error.name === "SpecError" && "problems" in error;
  // A SpecError has problems; the class may be of another bundle, so its name decides.
  return isRefusal ? (error.problems as readonly Problem[]) : undefined;
}

function toReason({ pointer, source, found, supported }: Problem): Reason {
  return { at: source ?? pointer, words: supported === "" ? found : `${found} (${supported})` };
}

process.on("message", (task: Task) => {
  void measure(task).then((measured) => process.send?.(measured));
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
