import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with one line that any reader of a log can count: `N passed, N failed`. */
export class ClosingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    // Errors outside of any test fail the run too.
    let broken = unhandled.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) counts[test.result().state] += 1;
      // A file that failed to load has errors of its own and no tests to count.
      if (module.errors().length > 0) broken += 1;
    }
    const skipped = counts.skipped + counts.pending;
    const total = `${counts.passed} passed, ${counts.failed + broken} failed`;
    const line = skipped > 0 ? `${total}, ${skipped} skipped` : total;
    // The coverage summary comes after the end of the tests; this line comes after both.
    process.once("exit", () => process.stdout.write(`\n${line}\n`));
  }
}
