import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { S2, S2Options } from "../../../src/index.js";
import * as index from "../../../src/index.js";
import { type Answer, fetchOf } from "../../fetch-of.js";

/** A generated client: what its package exports, its codecs, and its text. */
export interface Client {
  /** By name: the exports of `src/index.ts`, and `encode…` and `decode…` of the models. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** The generated TypeScript by path inside of `generated/`. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Where generated code lies. */
export const generatedFolder: string = path.resolve(import.meta.dirname, "../../../generated");

/** The client that is committed and shipped. */
export async function committedClient(): Promise<Client> {
  const files = readdirSync(generatedFolder, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".ts"));
  const models = files.filter((file) => file.startsWith("models/"));
  const modules: readonly object[] = await Promise.all(
    models.map((file) => import(pathToFileURL(path.join(generatedFolder, file)).href)),
  );
  const read = (file: string): string => readFileSync(path.join(generatedFolder, file), "utf8");
  return {
    exports: Object.assign({}, index, ...modules),
    sources: new Map(files.map((file) => [file, read(file)])),
  };
}

/** A client of one of these over a function. */
export function connect({ exports }: Client, answer: Answer, options: S2Options = {}): S2 {
  // The same class, from another build of the package: the checks look at all that it does.
  const Connected = exports["S2"] as typeof S2;
  return new Connected({
    accessToken: "any",
    endpoint: "https://s2.invalid",
    retry: false,
    fetch: fetchOf(answer),
    ...options,
  });
}

/** A codec of a model; `undefined` where the model needs none. */
export function codecOf(
  { exports }: Client,
  way: "decode" | "encode",
  model: string,
): ((value: unknown) => unknown) | undefined {
  const found = exports[`${way}${model}`];
  // Codecs take values that claim a type, and check the claim.
  return typeof found === "function" ? (value) => found(value) as unknown : undefined;
}
