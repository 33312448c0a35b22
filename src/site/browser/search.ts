import MiniSearch from "minisearch";

/** A section of a page in the search index. */
interface Entry {
  readonly id: string;
  readonly page: string;
  readonly title: string;
  readonly text: string;
}

declare const searchEntries: readonly Entry[];

/** Connects the search field in the header to the index of all pages. */
export function startSearch(): void {
  const input = document.querySelector<HTMLInputElement>("#search");
  const list = document.querySelector<HTMLUListElement>("#results");
  if (input === null || list === null) return;
  const index = new MiniSearch<Entry>({
    fields: ["title", "text", "page"],
    storeFields: ["title", "page"],
    searchOptions: { boost: { title: 3 }, prefix: true, fuzzy: 0.15 },
  });
  index.addAll(searchEntries);
  const show = (): void => {
    const found = index.search(input.value).slice(0, 8);
    list.replaceChildren(
      ...found.map(({ id, title, page }) => {
        const link = document.createElement("a");
        link.href = String(id);
        link.textContent = String(title);
        const place = document.createElement("small");
        place.textContent = String(page);
        link.append(place);
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
    list.hidden = input.value === "";
    if (found.length === 0) list.textContent = "Nothing found.";
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", show);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      input.focus();
    }
    if (event.key === "Escape") list.hidden = true;
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !list.contains(event.target) && event.target !== input) {
      list.hidden = true;
    }
  });
}
