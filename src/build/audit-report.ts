/** A package with a known vulnerability. */
export interface Vulnerable {
  readonly name: string;
  readonly severity: string;
}

/** The packages that `npm audit --json` names; undefined where the registry gave no report. */
export function readReport(text: string): readonly Vulnerable[] | undefined {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(report) || !isRecord(report["vulnerabilities"])) return undefined;
  return Object.entries(report["vulnerabilities"]).map(([name, entry]) => ({
    name,
    severity: isRecord(entry) ? String(entry["severity"]) : "unknown",
  }));
}

/** The packages whose licenses a file of notices repeats: those that are bundled. */
export function namesInNotices(text: string): readonly string[] {
  return [...text.matchAll(/^-{80}\n(\S+) \S+ \(.*\)$/gm)].map(([, name = ""]) => name);
}

/** Vulnerable packages that users get, of a severity that stops a release. */
export function blocking(
  report: readonly Vulnerable[],
  shipped: ReadonlySet<string>,
): readonly Vulnerable[] {
  return report.filter(
    ({ name, severity }) => shipped.has(name) && /^(?:high|critical)$/.test(severity),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
