import { clients } from "./clients.js";
import { differences } from "./differences.js";
import { scenarios } from "./scenarios.js";

const official = clients.filter(({ name }) => name !== "ours");
const titles: ReadonlyMap<string, string> = new Map(
  scenarios.map(({ name, title }) => [name, title]),
);

/** What each client does beside what the contract says, in Markdown; a run proves every cell. */
export function comparison(): string {
  const header = ["", "The contract, and our client", ...official.map(({ language }) => language)];
  const rows = scenarios.map((scenario) => [
    scenario.title,
    list([...scenario.said, ...scenario.wire.map(inCode)]),
    ...official.map(({ name }) => {
      const row = differences.find((it) => it.client === name && it.scenario === scenario.name);
      return row === undefined ? "the same" : `**${row.does}**`;
    }),
  ]);
  const table = [header, header.map(() => "---"), ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
  return `${table.join("\n")}\n\n${disagreements()}`;
}

function disagreements(): string {
  const reasons = new Map<string, string[]>();
  for (const { client, scenario, does, right, why } of differences) {
    const key = `${titles.get(scenario) ?? scenario}: ${does}. ${right} is right: ${why}`;
    reasons.set(key, [...(reasons.get(key) ?? []), languageOf(client)]);
  }
  return [...reasons].map(([reason, who]) => `- ${who.join(", ")}, ${reason}`).join("\n");
}

function languageOf(client: string): string {
  return clients.find(({ name }) => name === client)?.language ?? client;
}

function list(lines: readonly string[]): string {
  return lines.join("<br>");
}

function inCode(line: string): string {
  return `\`${line.replace("/v1/access-tokens", "…")}\``;
}
