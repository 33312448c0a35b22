/** What `clientwright.config.ts` says: the package's entry. */

/** How one document is generated. Paths are relative to the folder of the configuration. */
export interface DocumentConfig {
  /** The OpenAPI document, in YAML or JSON: `openapi.yaml`. */
  readonly spec: string;
  /** The folder that the client goes to, inside the folder of the configuration: `src/api`. */
  readonly out: string;
  /**
   * Where the client has its runtime from: `copy` puts one beside it, `package` imports that of clientwright, and a
   * path such as `./runtime` imports that folder. Default `copy`.
   */
  readonly runtime?: "copy" | "package" | `./${string}` | `../${string}`;
  /** The form in which the bundled document is written beside the code. Default `json`; `false` is `none`. */
  readonly document?: "json" | "yaml" | "both" | "none" | false;
  /** Whether every doubt about the document ends the run. Default `false`. */
  readonly strict?: boolean;
  /** Whether a `$ref` that leads to a URL is fetched. Default `false`. */
  readonly fetchRefs?: boolean;
  /** Tags, or patterns of paths such as `/users/**`: only these operations are generated. Default all. */
  readonly include?: readonly string[];
  /** Tags, or patterns of paths: these operations are left out. Wins over `include`. */
  readonly exclude?: readonly string[];
}

/** Several documents, each with a client of its own. */
export interface DocumentsConfig {
  readonly documents: readonly DocumentConfig[];
}

/** A configuration: one document, or several. */
export type Config = DocumentConfig | DocumentsConfig;

/**
 * Gives a configuration its types; returns it as it is.
 *
 * @example
 * ```ts
 * export default defineConfig({ spec: "openapi.yaml", out: "src/api" });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
