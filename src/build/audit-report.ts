/** A package with a known vulnerability. */
export interface Vulnerable {
  readonly name: string;
  readonly severity: string;
}

/** Reads the packages in the output of `npm audit --json`; undefined if it is not a report. */
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

/** The bundled packages: those in a file of license notices. */
export function namesInNotices(text: string): readonly string[] {
  return [...text.matchAll(/^-{80}\n(\S+) \S+ \(.*\)$/gm)].map(([, name = ""]) => name);
}

/** The vulnerabilities that stop a release: high or critical ones in packages that we ship. */
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
