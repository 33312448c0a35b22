import {
  type FunctionDeclarationStructure,
  type MethodDeclarationStructure,
  type MethodSignatureStructure,
  type StatementStructures,
  StructureKind,
} from "ts-morph";
import type { Api, Method } from "../model/api.js";
import { toPascal } from "../model/names/words.js";
import { CodecPrinter } from "../print/codecs.js";
import { doc } from "../print/doc.js";
import { Imports } from "../print/imports.js";
import { type Draft, type EmitContext, identifiersOf, printSource } from "../print/source.js";
import { ruledNames, TypePrinter } from "../print/types.js";
import { operationMethods } from "./operation-methods.js";
import { operationParts } from "./operation-parts.js";
import { operationTypes } from "./operation-types.js";
import type { ResourceScope } from "./resource-scope.js";

/** The file of an operation, and the parts of it that the class of its resource uses. */
export interface OperationFile {
  readonly file: Draft;
  /** Import specifier for the class. */
  readonly specifier: string;
  /** Types for callers, such as that of the input. */
  readonly types: readonly string[];
  /** The interface with the operation's signatures and comments, which the class implements. */
  readonly interfaceName: string;
  /** Methods of the class, which call the functions of the file. */
  readonly methods: readonly MethodDeclarationStructure[];
}

/**
 * Emits `resources/<tag>/<method>.ts`. Its functions have a parameter for the connection, so that a program can bundle
 * a single operation. An interface has the doc comments, because editors show them for the methods of the class too.
 *
 * @param owner - the scope of the class's file
 * @param fileOf - the name of a method's file, without an ending
 */
export function operationFile(
  owner: ResourceScope,
  method: Method,
  folder: string,
  fileOf: (method: string) => string,
  context: EmitContext,
): OperationFile {
  const scope = scopeOf(owner, method, context);
  const { imports, resource } = scope;
  const name = fileOf(method.name);
  const specifier = `./${folder}/${name}.js`;
  const types = operationTypes(scope, method);
  const parts = operationParts(scope, method);
  const methods = operationMethods(scope, method);
  const interfaceName = freeName(
    `${resource.className}${toPascal(method.name)}Methods`,
    typeNames(scope.api),
  );
  const declared = [...types, ...parts, ...scope.codecs.functions()].flatMap(namesOf);
  const taken = new Set([...imports.names(), ...declared]);
  const functions = methods.map((one) => functionsOf(scope, one, taken));
  const contract: StatementStructures = {
    kind: StructureKind.Interface,
    isExported: true,
    name: interfaceName,
    docs: [`The methods of \`client.${resource.property}\` for this operation.`],
    methods: methods.flatMap(signaturesOf),
  };
  const statements = [...types, contract, ...functions.flatMap(({ all }) => all), ...parts];
  return {
    file: printSource(context, `resources/${folder}/${name}.ts`, imports, [
      ...statements,
      ...scope.codecs.functions(),
    ]),
    specifier,
    types: types.flatMap(namesOf),
    interfaceName: owner.imports.type(interfaceName, specifier),
    methods: methods.map((one, index) => {
      const signatures = identifiersOf([one.parameters, one.returnType, one.overloads]);
      owner.imports.typesOf(imports, signatures);
      for (const type of types.flatMap(namesOf)) owner.imports.type(type, specifier);
      const called = owner.imports.value(functions[index]?.called ?? "", specifier);
      return delegating(one, called, method.deprecated);
    }),
  };
}

function scopeOf(owner: ResourceScope, method: Method, context: EmitContext): ResourceScope {
  const { api } = owner;
  const imports = new Imports();
  const runtime = (module: string): string => context.runtime(module, 2);
  const types = new TypePrinter(api, imports, "../../models/", runtime);
  const codecs = new CodecPrinter(types, imports, runtime);
  // The file has one operation, so its names cannot collide with those of others.
  const resource = { ...owner.resource, methods: [method] };
  return { api, resource, imports, types, codecs, runtime, up: "../../", connection: "connection" };
}

/** The functions of a method, and the name of the one that the class calls. */
function functionsOf(
  { resource, imports, runtime }: ResourceScope,
  method: MethodDeclarationStructure,
  taken: ReadonlySet<string>,
): { readonly all: readonly FunctionDeclarationStructure[]; readonly called: string } {
  const { overloads, parameters = [] } = method;
  const connection = {
    name: "connection",
    type: imports.type("Connection", runtime("connection")),
  };
  const name = freeName(`${resource.property}${toPascal(method.name)}`, taken);
  const docs = doc(
    [`Like \`client.${resource.property}.${method.name}\`, but without a client.`],
    ["@param connection - Created by `createConnection`."],
  );
  const own: FunctionDeclarationStructure = {
    kind: StructureKind.Function,
    isExported: true,
    name,
    docs,
    parameters: [connection, ...parameters],
    ...returning(method),
    statements: method.statements ?? [],
  };
  if (overloads === undefined) return { all: [own], called: name };
  // The class has the same overloads. Its implementation cannot call any of them, because they are too specific.
  const called = freeName(`${name}AsChosen`, taken);
  const values = ["connection", ...parameters.map((one) => one.name)];
  const chooser: FunctionDeclarationStructure = {
    ...own,
    docs: [],
    overloads: overloads.map((one, index) => ({
      isExported: true,
      docs: index === 0 ? docs : (one.docs ?? []),
      parameters: [connection, ...(one.parameters ?? [])],
      ...returning(one),
    })),
    statements: `return ${called}(${values.join(", ")});`,
  };
  const docsOfAll = [`The implementation of all overloads of \`${name}\`.`];
  return { all: [chooser, { ...own, name: called, docs: docsOfAll }], called };
}

/** The signatures of a method for an interface, in which parameters with a default are optional. */
function signaturesOf(method: MethodDeclarationStructure): MethodSignatureStructure[] {
  return (method.overloads ?? [method]).map((one) => ({
    kind: StructureKind.MethodSignature,
    name: method.name,
    docs: one.docs ?? [],
    parameters: (one.parameters ?? []).map(({ initializer, ...parameter }) =>
      initializer === undefined ? parameter : { ...parameter, hasQuestionToken: true },
    ),
    ...returning(one),
  }));
}

/** The return type of a function, if it declares one. */
function returning({ returnType }: Pick<MethodDeclarationStructure, "returnType">) {
  return returnType === undefined ? {} : { returnType };
}

/** A method of the class. It inherits its doc comment, except for `@deprecated`, which must be repeated. */
function delegating(
  method: MethodDeclarationStructure,
  called: string,
  isDeprecated: boolean,
): MethodDeclarationStructure {
  const { overloads, parameters = [] } = method;
  const docs = isDeprecated ? ["@inheritDoc\n@deprecated"] : [];
  const values = ["this.#connection", ...parameters.map(({ name }) => name)];
  return {
    ...method,
    docs,
    ...(overloads !== undefined && { overloads: overloads.map((one) => ({ ...one, docs })) }),
    statements: `return ${called}(${values.join(", ")});`,
  };
}

/** The names that a statement declares. */
function namesOf(statement: StatementStructures): string[] {
  if (statement.kind === StructureKind.VariableStatement)
    return statement.declarations.map(({ name }) => name);
  return "name" in statement && typeof statement.name === "string" ? [statement.name] : [];
}

/** Returns a free name. A name that is taken gets a `$`, which no name of a document ends in. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`${name}$`, taken) : name;
}

/** Caches {@link typeNames}, which each operation needs. */
const known = new WeakMap<Api, ReadonlySet<string>>();

/** Names of all types that the file of an operation may import or declare. */
function typeNames(api: Api): ReadonlySet<string> {
  const names =
    known.get(api) ??
    new Set([
      ...api.models.flatMap((model) => [model.name, model.inputName ?? "", ...ruledNames(model)]),
      ...api.errors.statuses.map(({ className }) => className),
      ...api.resources.flatMap(({ className, methods }) => [
        className,
        ...methods.flatMap(({ input, failureName, headersName = "" }) => [
          input.typeName ?? "",
          failureName,
          headersName,
        ]),
      ]),
    ]);
  known.set(api, names);
  return names;
}
