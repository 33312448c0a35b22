import {
  type MethodDeclarationOverloadStructure,
  type MethodDeclarationStructure,
  type OptionalKind,
  type ParameterDeclarationStructure,
  StructureKind,
} from "ts-morph";
import type { MediaBody, Method } from "../model/api.js";
import { doc } from "../print/doc.js";
import { quote } from "../print/escape.js";
import { bodyInputType, callType, inputProperties } from "./method-parameters.js";
import { choicesOf } from "./operation-spec.js";
import { requestExpression, type Sending } from "./requests.js";
import { inputTypeName, type ResourceScope } from "./resource-scope.js";
import { callExpression, type Reading, readingType } from "./responses.js";

/** An overload of a method: how it sends the request and reads the response. */
interface Way {
  readonly sending: Sending;
  readonly reading: Reading;
  /** The options that select this overload; none for the default. */
  readonly chosen: readonly (readonly [option: string, value: string])[];
}

/**
 * A method that supports several media types. It has an overload for each, selected by an option, the default first.
 *
 * @param docs - the doc comment of the default overload
 */
export function choosingMethod(
  scope: ResourceScope,
  method: Method,
  sendings: readonly Sending[],
  readings: readonly Reading[],
  docs: string[],
): MethodDeclarationStructure {
  const { imports, runtime } = scope;
  const ways = waysOf(sendings, readings);
  const options = imports.type("CallOptions", runtime("operation"));
  const choices = choicesOf(method);
  const [usual] = ways;
  const type = (way: Way): string => readingType(scope, way.reading);
  const anyChoice = choices.map(([name]) => `readonly ${name}?: string | undefined`);
  const input = inputTypeName(scope, method);
  return {
    kind: StructureKind.Method,
    name: method.name,
    overloads: ways.map((way): OptionalKind<MethodDeclarationOverloadStructure> => {
      const isUsual = way === usual;
      return {
        parameters: [
          ...inputParameter(scope, method, way, sendings[0], isUsual),
          isUsual
            ? {
                name: "options",
                type: `${options}${usualChoices(choices)}`,
                hasQuestionToken: true,
              }
            : { name: "options", type: `${options} & { ${chosenMembers(way)} }` },
        ],
        returnType: callType(scope, method, type(way)),
        docs: isUsual ? docs : doc([chosenText(method, way)]),
      };
    }),
    parameters: [
      ...(input === undefined
        ? []
        : [
            { name: "input", type: "unknown", ...(method.input.optional && { initializer: "{}" }) },
          ]),
      { name: "options", type: `${options} & { ${anyChoice.join("; ")} }`, initializer: "{}" },
    ],
    returnType: callType(scope, method, [...new Set(ways.map(type))].join(" | ")),
    statements: statements(scope, method, sendings, ways),
  };
}

/** The body of the method: selects the request and the response. The default comes last, because it needs no option. */
function statements(
  scope: ResourceScope,
  method: Method,
  sendings: readonly Sending[],
  ways: readonly Way[],
): string {
  const [first, ...others] = sendings.map((sending) => ({
    test: `options.contentType === ${quote(sending.body?.mediaType ?? "")}`,
    request: requestExpression(scope, method, sending),
  }));
  const usual = first?.request ?? "{}";
  const chosen = others.reduceRight((rest, one) => `${one.test} ? ${one.request} : ${rest}`, usual);
  const isChosen = others.length > 0;
  const parts = scope.imports.type.bind(scope.imports, "RequestParts", scope.runtime("raw-client"));
  const [asked, ...more] = ways.filter(({ sending }) => sending === sendings[0]);
  const calls = [...more, ...(asked === undefined ? [] : [asked])].map(
    ({ chosen: options, reading }) => {
      const call = callExpression(scope, method, isChosen ? "request()" : usual, reading);
      const tests = options.map(([name, value]) => `options.${name} === ${quote(value)}`);
      return tests.length === 0
        ? `return ${call};`
        : `if (${tests.join(" && ")}) { return ${call}; }`;
    },
  );
  return [...(isChosen ? [`const request = (): ${parts()} => ${chosen};`] : []), ...calls].join(
    "\n",
  );
}

/** Every pair of a sending and a reading: first the default, then those with the most options. */
function waysOf(sendings: readonly Sending[], readings: readonly Reading[]): Way[] {
  const read = readings.flatMap((reading): Reading[] =>
    reading.body?.kind === "binary" && reading.cases.length === 0
      ? [reading, { ...reading, isStream: true }]
      : [reading],
  );
  const ways = sendings.flatMap((sending) =>
    read.map((reading): Way => {
      const sent: [string, string][] =
        sending === sendings[0] || sending.body === undefined
          ? []
          : [["contentType", sending.body.mediaType]];
      const asked: [string, string][] =
        reading.body === undefined || reading.body.mediaType === readings[0]?.body?.mediaType
          ? []
          : [["accept", reading.body.mediaType]];
      const as: [string, string][] = reading.isStream === true ? [["as", "stream"]] : [];
      return { sending, reading, chosen: [...sent, ...asked, ...as] };
    }),
  );
  const [usual, ...others] = ways;
  const sorted = others.sort((left, right) => right.chosen.length - left.chosen.length);
  return usual === undefined ? sorted : [usual, ...sorted];
}

function inputParameter(
  scope: ResourceScope,
  method: Method,
  { sending }: Way,
  usual: Sending | undefined,
  isFirst: boolean,
): OptionalKind<ParameterDeclarationStructure>[] {
  const name = inputTypeName(scope, method);
  if (name === undefined) return [];
  const { optional } = method.input;
  const { body } = sending;
  if (sending === usual || body === undefined) {
    // TypeScript allows no required parameter after an optional one, and these options are required.
    const type = optional && !isFirst ? `${name} | undefined` : name;
    return [{ name: "input", type, ...(optional && isFirst && { hasQuestionToken: true }) }];
  }
  const members = inputProperties(method).map((one) => scope.types.member(one, "input"));
  const isRequired = method.input.body?.required === true;
  const type = bodyInputType(scope, body);
  members.push(isRequired ? `readonly body: ${type};` : `readonly body?: ${type} | undefined;`);
  return [{ name: "input", type: `{ ${members.join("\n")} }` }];
}

function usualChoices(choices: readonly [string, readonly string[]][]): string {
  const members = choices.map(([name, [first = ""]]) => {
    const type = name === "as" ? "undefined" : `${quote(first)} | undefined`;
    return `readonly ${name}?: ${type}`;
  });
  return ` & { ${members.join("; ")} }`;
}

function chosenMembers({ chosen }: Way): string {
  return chosen.map(([name, value]) => `readonly ${name}: ${quote(value)}`).join("; ");
}

/** The doc comment of an overload: how it differs from the default. */
function chosenText({ name }: Method, { sending, reading, chosen }: Way): string {
  const names = chosen.map(([option]) => option);
  const sends = names.includes("contentType") ? [`sends ${mediaText(sending.body)}`] : [];
  const how = reading.isStream === true ? ", as a stream" : "";
  const reads =
    names.includes("accept") || names.includes("as")
      ? [`requests ${mediaText(reading.body)}${how}`]
      : [];
  const text = [...sends, ...reads].join(" and ");
  const options = chosen.length > 1 ? "these options" : "this option";
  return `${text[0]?.toUpperCase()}${text.slice(1)}. Otherwise like \`${name}\` without ${options}.`;
}

function mediaText(body: MediaBody | undefined): string {
  return `\`${body?.mediaType ?? ""}\``;
}
