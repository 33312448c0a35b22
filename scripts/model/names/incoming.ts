import type { Node } from "../../spec/node.js";
import { type HttpMethod, httpMethods } from "../api.js";
import { typeIdentifier } from "./identifiers.js";
import { override, type Scope } from "./scope.js";

/** A webhook or a callback, with the name of its payload's type. */
export interface PlannedIncoming {
  readonly kind: "webhook" | "callback";
  /** Name in the document. A callback has the operationId in front: `send_parcel.delivered`. */
  readonly name: string;
  readonly http: HttpMethod;
  readonly node: Node;
  readonly typeName: string;
}

type Found = Omit<PlannedIncoming, "typeName">;

/** Names the payloads of all webhooks and callbacks, in the order of the document. */
export function planIncoming(
  root: Node,
  operations: readonly { readonly node: Node; readonly names: { readonly operationId: string } }[],
  types: Scope,
): PlannedIncoming[] {
  const found = [
    ...root.entries("webhooks").flatMap(([name, item]) => requestsOf("webhook", name, item)),
    ...operations.flatMap(({ node, names }) =>
      node
        .entries("callbacks")
        .flatMap(([name, callback]) =>
          (callback.resolve() ?? callback)
            .entries()
            .flatMap(([, item]) => requestsOf("callback", `${names.operationId}.${name}`, item)),
        ),
    ),
  ];
  const names = types.assign(
    found.map(({ name, http, node }) => {
      const given = node.text(override) ?? name;
      const base = typeIdentifier(given, "Webhook");
      const longer = typeIdentifier(`${given} ${http}`, "Webhook");
      return { at: node.at, wishes: [`${base}Payload`, `${longer}Payload`] };
    }),
  );
  return found.map((one, index) => ({ ...one, typeName: names[index] ?? "" }));
}

function requestsOf(kind: Found["kind"], name: string, item: Node): Found[] {
  const pathItem = item.resolve() ?? item;
  return httpMethods.flatMap((http) => {
    const node = pathItem.get(http);
    return node === undefined ? [] : [{ kind, name, http, node }];
  });
}
