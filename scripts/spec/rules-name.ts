/** Name of the linter's configuration beside a document. */
export const rulesName = "redocly.yaml";
