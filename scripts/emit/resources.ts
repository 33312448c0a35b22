import { type MethodDeclarationStructure, type StatementStructures, StructureKind } from "ts-morph";
import type { Api, Resource } from "../model/api.js";
import { toKebab } from "../model/names/words.js";
import { namesFor } from "../part-names.js";
import { CodecPrinter } from "../print/codecs.js";
import { doc } from "../print/doc.js";
import { Imports } from "../print/imports.js";
import { compareModules, compareNames } from "../print/module-order.js";
import { type Draft, type EmitContext, printSource } from "../print/source.js";
import { TypePrinter } from "../print/types.js";
import { operationFile } from "./operation-files.js";
import { operationMethods } from "./operation-methods.js";
import { operationParts } from "./operation-parts.js";
import { operationTypes } from "./operation-types.js";
import type { ResourceScope } from "./resource-scope.js";

/**
 * Maximum size of a resource in one file, in characters of its structures: about 2,500 lines. A larger one has a file for each
 * operation, so that an editor stays quick, a bundle holds the calls that it makes, and a change touches little.
 */
const longestFile = 100_000;

/** Operations in one file, however short they are. */
const mostMethods = 50;

/** The files of the resources. */
export interface EmittedResources {
  readonly files: readonly Draft[];
  /** Whether an operation has a file of its own somewhere, so that it can be called without a client. */
  readonly hasSingles: boolean;
}

/** Emits `resources/<tag>.ts`: a class with a method per operation, which has a file of its own where that is long. */
export function emitResources(api: Api, context: EmitContext): EmittedResources {
  const emitted = api.resources.map((resource): Draft[] => {
    if (resource.methods.length > mostMethods) return splitResource(api, resource, context);
    const whole = wholeResource(api, resource, context);
    return (whole.source ?? "").length <= longestFile
      ? [whole]
      : splitResource(api, resource, context);
  });
  return { files: emitted.flat(), hasSingles: emitted.some((files) => files.length > 1) };
}

/** The name of a resource's file, and of the folder of its operations, without an ending. */
function nameOf(resource: Resource): string {
  return toKebab(resource.className);
}

function wholeResource(api: Api, resource: Resource, context: EmitContext): Draft {
  const scope = scopeOf(api, resource, context);
  const statements = [
    ...resource.methods.flatMap((method) => operationTypes(scope, method)),
    resourceClass(
      scope,
      resource.methods.flatMap((method) => operationMethods(scope, method)),
    ),
    ...resource.methods.flatMap((method) => operationParts(scope, method)),
  ];
  const file = `resources/${nameOf(resource)}.ts`;
  return printSource(context, file, scope.imports, [...statements, ...scope.codecs.functions()]);
}

/** The class, whose methods call functions of other files, and those files. */
function splitResource(api: Api, resource: Resource, context: EmitContext): Draft[] {
  const scope = scopeOf(api, resource, context);
  const folder = nameOf(resource);
  const names = namesFor(resource.methods.map(({ name }) => name));
  const fileOf = (method: string): string => names(method).file;
  const operations = resource.methods.map((method) =>
    operationFile(scope, method, folder, fileOf, context),
  );
  const methods = operations.flatMap((operation) => operation.methods);
  const types = operations
    .toSorted((left, right) => compareModules(left.specifier, right.specifier))
    .map(
      (operation): StatementStructures => ({
        kind: StructureKind.ExportDeclaration,
        moduleSpecifier: operation.specifier,
        isTypeOnly: true,
        namedExports: operation.types
          .toSorted(compareNames)
          .map((name) => ({ name, isTypeOnly: false })),
      }),
    );
  const kept = operations.map(({ interfaceName }) => interfaceName);
  const statements = [...types, resourceClass(scope, methods, kept)];
  return [
    printSource(context, `resources/${folder}.ts`, scope.imports, statements),
    ...operations.map(({ file }) => file),
  ];
}

function scopeOf(api: Api, resource: Resource, context: EmitContext): ResourceScope {
  const imports = new Imports();
  const runtime = (module: string): string => context.runtime(module, 1);
  const types = new TypePrinter(api, imports, "../models/", runtime);
  const codecs = new CodecPrinter(types, imports, runtime);
  const connection = "this.#connection";
  return { api, resource, imports, types, codecs, runtime, up: "../", connection };
}

function resourceClass(
  scope: ResourceScope,
  methods: MethodDeclarationStructure[],
  kept: string[] = [],
): StatementStructures {
  const { resource, imports, runtime } = scope;
  const connection = imports.type("Connection", runtime("connection"));
  return {
    kind: StructureKind.Class,
    isExported: true,
    name: resource.className,
    implements: kept,
    docs: doc([resource.description || `Operations tagged \`${resource.tag}\`.`]),
    properties: [{ name: "#connection", isReadonly: true, type: connection }],
    ctors: [
      {
        parameters: [{ name: "connection", type: connection }],
        statements: "this.#connection = connection;",
        docs: ["@param connection - Sends the requests, with credentials, retries and timeouts."],
      },
    ],
    methods,
  };
}
