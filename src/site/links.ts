import path from "node:path";
import { pages } from "./pages.js";

/** Maps a link in a file to its target on the site; undefined if the link should become plain text. */
export type LinkTarget = (source: string, href: string) => string | undefined;

const bySource: ReadonlyMap<string, string> = new Map(
  pages.flatMap((page) => (page.source === undefined ? [] : [[page.source, page.path]])),
);

/**
 * Creates a function that turns links between files of the repository into links between pages.
 *
 * @param repository - URL of the repository's files in a browser, such as `https://github.com/o/r/blob/main`; without it,
 *   links to files that are not pages become plain text
 */
export function linksTo(repository: string | undefined): LinkTarget {
  return (source, href) => {
    if (/^(?:[a-z][a-z0-9+.-]*:|#)/i.test(href)) return href;
    const [target = "", anchor] = href.split("#");
    const file = path.posix.normalize(path.posix.join(path.posix.dirname(source), target));
    const page = bySource.get(file) ?? bySource.get(path.posix.join(file, "README.md"));
    const fragment = anchor === undefined ? "" : `#${anchor}`;
    if (page !== undefined) return `${page}${fragment}`;
    return repository === undefined ? undefined : `${repository}/${file}${fragment}`;
  };
}
