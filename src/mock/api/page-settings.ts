import type { Contract } from "../engine/contract.js";
import { isJsonObject } from "../engine/json.js";
import { faultNames } from "../faults/fault.js";
import type { PageSettings } from "../page/settings.js";

/** Collects the settings that the mock's page needs. */
export function pageSettings(
  { document, operations }: Contract,
  {
    host = "localhost",
    basePath,
    rootToken,
    controlToken,
    stateless,
  }: {
    readonly host: string | undefined;
    readonly basePath: string;
    readonly rootToken: string;
    readonly controlToken: string;
    readonly stateless: boolean;
  },
): PageSettings {
  const { title, version } = isJsonObject(document["info"]) ? document["info"] : {};
  return {
    endpoint: `http://${host}`,
    basePath,
    rootToken,
    controlToken,
    served: [title, version].filter((one) => typeof one === "string").join(" "),
    stateless,
    faults: faultNames,
    operations: operations.map(({ operationId, method, path, answers }) => ({
      id: operationId,
      method: method.toUpperCase(),
      path,
      statuses: [...answers]
        .filter(([status]) => Number.isInteger(status))
        .map(([status, { examples }]) => ({ status, examples: [...examples.keys()] })),
    })),
  };
}
