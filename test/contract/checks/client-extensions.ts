import { buildApi } from "../../../scripts/model/build.js";
import type { Check, Reference } from "./check.js";
import { pageChecks } from "./client-pages.js";
import { secretChecks, spareChecks } from "./client-secrets.js";

/** What our extensions do to the client, seen from outside: pages, look-ups, and secrets that nothing shows. */
export function clientExtensionChecks(reference: Reference): readonly Check[] {
  const { resources } = buildApi(reference.contract.document).api;
  return resources.flatMap(({ property, methods }) =>
    methods.flatMap((method) => {
      const call = reference.calls.find(
        ({ operation }) => operation.operationId === method.operationId,
      );
      if (call === undefined) throw new Error(`no call of ${method.operationId}`);
      const { document } = reference.contract;
      const { pagination } = method;
      return [
        ...(pagination === undefined
          ? []
          : pageChecks({ document, property, call, method, pagination })),
        ...secretChecks(document, call),
        spareChecks(document, call),
      ];
    }),
  );
}
