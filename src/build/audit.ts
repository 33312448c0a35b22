/** `npm run check:audit`: checks our dependencies and bundled packages for known vulnerabilities. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { blocking, namesInNotices, readReport } from "./audit-report.js";

const root = new URL("../../", import.meta.url);
const audit = spawnSync("npm", ["audit", "--json"], { cwd: root, encoding: "utf8" });
const report = readReport(audit.stdout);
if (report === undefined) {
  // A registry that mirrors packages may have no advisories, and a machine may be offline.
  process.stdout.write("npm audit: skipped, because the registry gave no report\n");
} else {
  const notices = readFileSync(new URL("dist/mock/THIRD-PARTY-NOTICES.txt", root), "utf8");
  const { dependencies } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  const shipped = new Set([...namesInNotices(notices), ...Object.keys(dependencies)]);
  const found = blocking(report, shipped);
  for (const { name, severity } of found) process.stderr.write(`${name}: ${severity}\n`);
  process.stdout.write(`npm audit: ${found.length} in ${shipped.size} packages that we ship\n`);
  if (found.length > 0) {
    process.stderr.write("Run npm audit for details and fixed versions\n");
    process.exitCode = 1;
  }
}
