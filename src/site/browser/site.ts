import { startSearch } from "./search.js";

/** Reads a choice that the reader made on another page. The browser may deny access to storage. */
function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Without storage, the choice applies to this page only.
  }
}

function showLanguage(language: string): void {
  for (const group of document.querySelectorAll(".tabs")) {
    if (group.querySelector(`[role=tab][data-lang="${CSS.escape(language)}"]`) === null) continue;
    for (const tab of group.querySelectorAll<HTMLElement>("[role=tab]")) {
      const isChosen = tab.dataset["lang"] === language;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
    for (const panel of group.querySelectorAll<HTMLElement>("[role=tabpanel]")) {
      panel.hidden = panel.dataset["lang"] !== language;
    }
  }
}

for (const tab of document.querySelectorAll<HTMLElement>("[role=tab]")) {
  tab.addEventListener("click", () => {
    const language = tab.dataset["lang"] ?? "";
    keep("language", language);
    showLanguage(language);
  });
  tab.addEventListener("keydown", (event) => {
    const tabs = [...(tab.parentElement?.querySelectorAll<HTMLElement>("[role=tab]") ?? [])];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = tabs.at((tabs.indexOf(tab) + step) % tabs.length);
    next?.click();
    next?.focus();
  });
}
const language = kept("language");
if (language !== null) showLanguage(language);

// The open navigation would fill a narrow screen.
const navigation = document.querySelector<HTMLDetailsElement>("nav details");
if (navigation !== null && matchMedia("(max-width: 48rem)").matches) navigation.open = false;

const root = document.documentElement;
const theme = kept("theme");
if (theme !== null) root.dataset["theme"] = theme;
document.querySelector("#theme")?.addEventListener("click", () => {
  const isDark =
    root.dataset["theme"] === "dark" ||
    (root.dataset["theme"] === undefined && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset["theme"] = isDark ? "light" : "dark";
  keep("theme", root.dataset["theme"]);
});

startSearch();
