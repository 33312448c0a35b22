import { titleOf } from "../document.js";
import type { OperationContract } from "../engine/contract.js";
import type { Engine } from "../engine/engine.js";
import { faultNames } from "../faults/fault.js";
import type { PageRequest, PageSettings } from "../page/settings.js";

/** The mock that the page belongs to. */
export interface PageOptions {
  readonly engine: Engine;
  readonly host: string | undefined;
  readonly basePath: string;
  readonly rootToken: string;
  readonly controlToken: string;
  readonly stateless: boolean;
  readonly isForeign: boolean;
}

/** Collects the settings that the mock's page needs. */
export async function pageSettings(options: PageOptions): Promise<PageSettings> {
  const { engine, host = "localhost", basePath, rootToken, controlToken } = options;
  const { stateless, isForeign } = options;
  const { document, operations } = engine.contract;
  return {
    endpoint: `http://${host}`,
    basePath,
    rootToken,
    controlToken,
    served: titleOf(document),
    stateless,
    isForeign,
    first: isForeign ? await firstRequest(options) : undefined,
    faults: stateless ? [] : faultNames,
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

/** A request that the operation of an id takes; undefined where there is no such operation. */
export async function pageRequest(
  options: PageOptions,
  id: string,
): Promise<PageRequest | undefined> {
  const { operations } = options.engine.contract;
  const operation = operations.find(({ operationId }) => operationId === id);
  return operation === undefined ? undefined : await requestTo(operation, options);
}

async function requestTo(
  operation: OperationContract,
  { engine, basePath, rootToken }: PageOptions,
): Promise<PageRequest> {
  const { target, ...request } = await engine.sampleRequest(operation, rootToken);
  return { ...request, target: basePath + target };
}

/** The one that asks for least. */
async function firstRequest(options: PageOptions): Promise<PageRequest | undefined> {
  const { operations } = options.engine.contract;
  const [first] = [...operations].sort((one, other) => demands(one) - demands(other));
  return first === undefined ? undefined : await requestTo(first, options);
}

function demands({ method, parameters }: OperationContract): number {
  return parameters.filter(({ required }) => required).length + (method === "get" ? 0 : 100);
}
