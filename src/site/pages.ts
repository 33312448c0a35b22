/** A page of the site. */
export interface Page {
  /** Its path on the site. */
  readonly path: string;
  /** Its entry in the navigation. */
  readonly label: string;
  /** Its source file, relative to the root of the repository; undefined if it is generated from the contract. */
  readonly source: string | undefined;
}

/** A heading of the navigation, and the pages below it. */
export interface Group {
  readonly label: string;
  readonly pages: readonly Page[];
}

/** The page that is rendered from the OpenAPI document. */
export const referencePath = "reference.html";

/** The pages of the site, in the order of its navigation. */
export const groups: readonly Group[] = [
  {
    label: "Start",
    pages: [
      { path: "index.html", label: "Overview", source: "README.md" },
      { path: "access-tokens.html", label: "Access tokens", source: "src/site/access-tokens.md" },
    ],
  },
  {
    label: "Guides",
    pages: [
      { path: "client.html", label: "The client", source: "src/README.md" },
      { path: "mock.html", label: "The mock", source: "src/mock/README.md" },
      { path: "generator.html", label: "The generator", source: "scripts/README.md" },
      { path: "contract.html", label: "The contract", source: "openapi/README.md" },
      { path: "interop.html", label: "Official clients", source: "test/interop/README.md" },
    ],
  },
  {
    label: "Reference",
    pages: [
      { path: referencePath, label: "HTTP API", source: undefined },
      { path: "typescript.html", label: "TypeScript API", source: "generated/API.md" },
    ],
  },
  {
    label: "Contribute",
    pages: [
      { path: "contributing.html", label: "Contributing", source: "CONTRIBUTING.md" },
      { path: "tests.html", label: "Tests", source: "test/README.md" },
      { path: "benchmarks.html", label: "Benchmarks", source: "test/bench/README.md" },
      { path: "changes.html", label: "Changes", source: "CHANGELOG.md" },
    ],
  },
];

/** All pages, in the order of the navigation. */
export const pages: readonly Page[] = groups.flatMap((group) => group.pages);
