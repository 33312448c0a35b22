/**
 * Writes `names.md`: the method names of documents before and after the rule, the worst first.
 *
 *     node --import tsx test/documents/names.ts FILE or FOLDER…
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { planNames } from "../../scripts/model/names/plan.js";
import { leadsOn } from "../../scripts/model/names/vocabulary.js";
import { isSameWord, lowerWordsOf, toCamel } from "../../scripts/model/names/words.js";
import { readSpec } from "../../scripts/spec/load.js";
import { Node } from "../../scripts/spec/node.js";
import { Problems } from "../../scripts/spec/problem.js";
import { markdownTable } from "../bench/table.js";
import { findDocuments } from "./find.js";

/** A method as its operationId calls it, and as the client does. */
interface Named {
  readonly document: string;
  readonly route: string;
  readonly before: string;
  readonly after: string;
  readonly badness: { readonly before: number; readonly after: number };
}

/** How many names each table has. */
const shown = 30;

async function namesOf(document: string, spec: string): Promise<Named[]> {
  const { document: read } = await readSpec(spec, { strict: false });
  const { resources } = planNames(new Node(read), new Problems(false));
  return resources.flatMap(({ tag, property, operations }) =>
    operations.map(({ node, http, path: route, names }): Named => {
      const before = toCamel(node.text("operationId") ?? `${http} ${route}`);
      return {
        document,
        route: `${http.toUpperCase()} ${route}`,
        before: `${property}.${before}`,
        after: `${property}.${names.method}`,
        badness: { before: badness(before, tag), after: badness(names.method, tag) },
      };
    }),
  );
}

/** What is wrong with a name, as a number: its words, those of the tag said again, and prepositions that lead nowhere. */
function badness(name: string, tag: string): number {
  const words = lowerWordsOf(name);
  const tagWords = lowerWordsOf(tag);
  const repeated = words.filter((word) => tagWords.some((one) => isSameWord(one, word))).length;
  const hanging = words.filter((word, index) => {
    const next = words[index + 1];
    return leadsOn(word) && (next === undefined || leadsOn(next));
  }).length;
  return words.length + 2 * repeated + 3 * hanging;
}

function table(named: readonly Named[], of: "before" | "after"): string {
  const worst = named
    .toSorted((left, right) => right.badness[of] - left.badness[of])
    .slice(0, shown);
  const code = (text: string): string => `\`${text}\``;
  const rows = worst.map(({ document, before, after }) => [code(before), code(after), document]);
  return markdownTable(["before", "after", "document"], rows);
}

const documents = findDocuments(process.argv.slice(2));
const named: Named[] = [];
for (const { name, spec } of documents) named.push(...(await namesOf(name, spec)));
const words = named.map(({ after }) => lowerWordsOf(after.slice(after.indexOf(".") + 1)).length);
const upTo = (count: number): string =>
  words.filter((one) => one <= count).length.toLocaleString("en");

const text = `<!-- Written by test/documents/names.ts. -->

# Method names

The rule in words: the words of the \`operationId\`, with the verb first, less

- a namespace before the tag (\`v1.message.list\` of \`message\`), and a version at the start,
- the path and the HTTP method at its end (\`read_item_items__item_id__get\`); an id that is nothing else counts as none,
- the words of the tag wherever they stand, in the singular or the plural,
- prepositions and the like that are left without their noun.

Of more than five words, the first and the last four stay. Without an \`operationId\`, the words are those of the HTTP method and the
path. Where two operations want one name, the one with the shorter id gets it, and the other the same with more words.

\`before\` is the \`operationId\` in camelCase, which generators without such a rule take. Of ${named.length.toLocaleString("en")} methods of ${documents.length} documents, ${upTo(3)}
have at most three words, ${upTo(5)} at most five, and the longest has ${Math.max(...words)}.

## The ${shown} worst names before

Worst are those with the most words, words of the tag said again, and prepositions that lead nowhere.

${table(named, "before")}

## The ${shown} worst names after

${table(named, "after")}
`;
writeFileSync(path.join(import.meta.dirname, "names.md"), text);
