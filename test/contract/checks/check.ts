import type { ClientCall } from "../client-calls.js";
import type { Contract, Json } from "../read-document.js";
import type { Client } from "./client.js";
import type { Engine } from "./engine.js";
import type { Judge } from "./judge.js";

/** A contract under test: a document, what its schemas accept, the mock's engine on it, and its client. */
export interface Subject {
  readonly contract: Contract;
  readonly judge: Judge;
  /** Made when it is first asked for, because it is slow to make. */
  readonly engine: () => Promise<Engine>;
  /** Made when it is first asked for. Fails where the generator refuses the document. */
  readonly client: () => Promise<Client>;
}

/** The contract that says what must hold: the one at hand, or the one of the last release. */
export interface Reference {
  readonly contract: Contract;
  readonly calls: readonly ClientCall[];
}

/**
 * The groups of checks, in the order in which they are run: cheap ones first, and what is seen by using the contract
 * before what is seen by looking at it.
 */
export const suites = [
  "requests",
  "answers",
  "surface",
  "engine",
  "client requests",
  "client answers",
  "client errors",
  "client extensions",
  "client types",
] as const;

/** A key of {@link suites}. */
export type Suite = (typeof suites)[number];

/** Something of a contract that a check exercises: what coverage counts. */
export interface Touch {
  readonly operationId: string;
  /** Of an answer. */
  readonly status?: number;
  /** Key of the part that a value belongs to. */
  readonly part?: string;
  /** A value that fits the part. */
  readonly value?: Json;
  /** Name of the example that the value is. */
  readonly example?: string;
}

/** One thing that must hold of a contract under test. Plain data, so that any runner can run it on any contract. */
export interface Check {
  readonly suite: Suite;
  /** Unique within its suite. */
  readonly name: string;
  /** What it exercises; nothing where it only looks. */
  readonly touches: readonly Touch[];
  /** Throws where it does not hold. */
  readonly run: (subject: Subject) => void | Promise<void>;
}
