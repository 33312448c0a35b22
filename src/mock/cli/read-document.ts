import { readSpec } from "../../../scripts/spec/load.js";
import { SpecError } from "../../../scripts/spec/problem.js";
import { isJsonObject, type JsonObject } from "../engine/json.js";

/** A document of `--document`, and the files that it was read from. */
export interface ReadDocument {
  readonly document: JsonObject;
  readonly files: readonly string[];
}

/**
 * Reads a document as the generator does: of every version, from all its files, into one object of OpenAPI 3.1. This
 * module is loaded when it is first needed, because the reader is a megabyte.
 *
 * @throws {TypeError} it cannot be read; the message says what is wrong, and where.
 */
export async function readDocument(file: string): Promise<ReadDocument> {
  try {
    const { document, files, errors } = await readSpec(file, { strict: false });
    if (errors.length > 0) throw new SpecError(errors);
    if (!isJsonObject(document)) throw new TypeError("expected an object");
    return { document, files };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    throw new TypeError(inOneLine(error), { cause: error });
  }
}

/** The first problem, and how many more there are. */
function inOneLine({ problems: [first, ...more] }: SpecError): string {
  const { source = "", found = "not a document", supported = "" } = first ?? {};
  const place = source === "" ? "" : `${source}: `;
  const wanted = supported === "" ? "" : `; expected ${supported}`;
  return `${place}${found}${wanted}${more.length === 0 ? "" : `; and ${more.length} more problems`}`;
}
