import { clientCalls } from "../client-calls.js";
import { type JsonObject, readContract } from "../read-document.js";
import type { Reference, Subject } from "./check.js";
import type { Client } from "./client.js";
import { engineOf } from "./engine.js";
import { judgeOf } from "./judge.js";

/** A contract to be tested. @param client - gives its client, when a check needs it */
export function subjectOf(document: JsonObject, client: () => Promise<Client>): Subject {
  return {
    contract: readContract(document),
    judge: judgeOf(document),
    engine: once(() => engineOf(document)),
    client: once(client),
  };
}

/** A contract to test others by. */
export function referenceOf(document: JsonObject): Reference {
  const contract = readContract(document);
  return { contract, calls: clientCalls(contract) };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
