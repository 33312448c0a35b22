/**
 * What fast-check once found, shrunk: tried first in every run. An entry says what went wrong, or where client and
 * document differ on purpose. A new one is pasted here from fast-check's report.
 */
import type { Json, JsonObject } from "../read-document.js";

/** Input of a method, by the operation's id. */
export function inputRegressions(operationId: string): readonly unknown[] {
  return inputs[operationId] ?? [];
}

/** Answers, by the key of the part. */
export function answerRegressions(key: string): readonly Json[] {
  return answers[key] ?? [];
}

const inputs: Readonly<Record<string, readonly unknown[]>> = {};

const item: JsonObject = { id: "a", auto_prefix_streams: false, scope: {} };

const answers: Readonly<Record<string, readonly Json[]>> = {
  "list_access_tokens 200": [
    // Ajv takes a space between date and time, which the grammar of RFC 3339 has no place for: the client does not.
    { access_tokens: [{ ...item, expires_at: "2125-01-01 00:00:00Z" }], has_more: false },
    // By the schema the key with the wrong type is an unknown one of the other branch: the client sees two keys.
    {
      access_tokens: [{ ...item, scope: { basins: { exact: null, prefix: "a" } } }],
      has_more: false,
    },
  ],
};
