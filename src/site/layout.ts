import { escapeHtml } from "./highlight.js";
import { groups, type Page } from "./pages.js";

/** A whole page of the site as HTML. It loads nothing from other hosts. */
export function layout(page: Page, title: string, content: string): string {
  const navigation = groups.map(({ label, pages }) => {
    const entries = pages.map((one) => {
      const current = one.path === page.path ? ' aria-current="page"' : "";
      return `<li><a href="${one.path}"${current}>${escapeHtml(one.label)}</a></li>`;
    });
    return `<h2>${escapeHtml(label)}</h2><ul>${entries.join("")}</ul>`;
  });
  const name = "s2-token-contract";
  const full = page.path === "index.html" ? name : `${title} · ${name}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(full)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
<a class="name" href="index.html">${name}</a>
<div class="find"><input id="search" type="search" placeholder="Search (press /)" aria-label="Search" autocomplete="off"><ul id="results" hidden></ul></div>
<button id="theme" type="button" aria-label="Switch between light and dark">◐</button>
</header>
<div class="columns">
<nav aria-label="Pages"><details open><summary>Pages</summary>${navigation.join("")}</details></nav>
<main id="content">
${content}</main>
</div>
<footer>This project is not a product of S2. MIT licence.</footer>
<script src="search-index.js"></script>
<script src="site.js"></script>
</body>
</html>
`;
}
