/** The package's entry: types for `clientwright.config.ts`. */

/** The configuration of one document. Paths are relative to the folder of the configuration. */
export interface DocumentConfig {
  /** The OpenAPI document, in YAML or JSON: `openapi.yaml`. */
  readonly spec: string;
  /** The folder of the client, inside the folder of the configuration: `src/api`. */
  readonly out: string;
  /**
   * The runtime of the client: `copy` puts a copy next to it, `package` imports the runtime of clientwright, and a path
   * such as `./runtime` imports that folder. Default: `copy`.
   */
  readonly runtime?: "copy" | "package" | `./${string}` | `../${string}`;
  /** The form of the bundled document in the output. Default: `json`. `false` means `none`. */
  readonly document?: "json" | "yaml" | "both" | "none" | false;
  /** Whether every doubtful part of the document is an error. Default: `false`. */
  readonly strict?: boolean;
  /** Whether to fetch a `$ref` to a URL. Otherwise it is an error. Default: `false`. */
  readonly fetchRefs?: boolean;
  /** Tags, or path patterns such as `/users/**`, of the operations to generate. Default: all operations. */
  readonly include?: readonly string[];
  /** Tags or path patterns of operations to leave out. Overrides `include`. */
  readonly exclude?: readonly string[];
}

/** Several documents, each with a client of its own. */
export interface DocumentsConfig {
  readonly documents: readonly DocumentConfig[];
}

/** A configuration with one document or several. */
export type Config = DocumentConfig | DocumentsConfig;

/**
 * Returns a configuration unchanged. It adds types for editors and the compiler.
 *
 * @example
 * ```ts
 * export default defineConfig({ spec: "openapi.yaml", out: "src/api" });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
