/** What came of the smoke program on a platform, or of the consumer's program under a compiler. */
export interface Report {
  readonly passed: readonly string[];
  /** What did not, each with the reason. */
  readonly failed: readonly string[];
}

/** Reads what the smoke program has printed or sent. */
export function readReport(json: string): Report {
  const { passed, failed }: Record<string, unknown> = JSON.parse(json);
  if (!isTexts(passed) || !isTexts(failed)) throw new Error(`no report: ${json}`);
  return { passed, failed };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
