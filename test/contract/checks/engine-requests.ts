import type { ClientCall, WireRequest } from "../client-calls.js";
import { toFetch } from "../invalid-requests.js";
import type { Check, Reference } from "./check.js";
import { claim, same } from "./claim.js";
import type { Judged } from "./engine.js";
import { requestTouches } from "./parts.js";

/** A request that is wrong as a whole, and how to make it of a right one. */
interface Break {
  readonly what: string;
  readonly statuses: readonly number[];
  readonly change: (request: Request) => Request;
}

/** What the stock mock must make of whole requests: routes, credentials, media types, bodies. */
export function engineChecks({ calls }: Reference): readonly Check[] {
  return calls.flatMap((call) => [
    ...requestsOf(call).map(([what, request]) =>
      engineCheck(
        `${call.operation.operationId} takes ${what}`,
        request,
        call,
        ({ status, refusals }) => {
          same(refusals, [], "refusals");
          const declared = call.operation.responses.find((one) => one.status < 300);
          same(status, declared?.status, "status");
        },
      ),
    ),
    ...breaksOf(call).map(({ what, statuses, change }) =>
      engineCheck(
        `${call.operation.operationId} refuses ${what}`,
        call.request,
        call,
        ({ status, refusals }) => {
          claim(refusals.length > 0, () => `not refused, but ${status}`);
          claim(statuses.includes(status), () => `${status}: ${refusals.join("; ")}`);
        },
        change,
      ),
    ),
  ]);
}

/** Right ones: with everything, and with each optional part left out. */
function requestsOf({ operation, request }: ClientCall): readonly [string, WireRequest][] {
  const optional = operation.parameters.filter(({ required }) => !required);
  const { parameters, body } = request;
  return [
    ["the first example of everything", request],
    ...optional.map(({ name }): [string, WireRequest] => {
      const { [name]: _, ...others } = parameters;
      return [`no ${name}`, { ...request, parameters: others }];
    }),
    ...operation.parameters.flatMap(({ name, examples }) =>
      examples.map((example): [string, WireRequest] => {
        const changed = { ...parameters, [name]: example.value };
        return [`${name} as in ${example.name}`, { ...request, parameters: changed }];
      }),
    ),
    ...operation.requestBodies.flatMap(({ examples }) =>
      examples.map(({ name, value }): [string, WireRequest] => [
        `the body ${name}`,
        { ...request, body: value },
      ]),
    ),
    ...(operation.requestBodyRequired || body === undefined
      ? []
      : [["no body", { parameters }] satisfies [string, WireRequest]]),
  ];
}

function breaksOf({ operation, bearer }: ClientCall): readonly Break[] {
  const authorization = (value: string | undefined): Break["change"] => {
    return (request) => {
      if (value === undefined) request.headers.delete("authorization");
      else request.headers.set("authorization", value);
      return request;
    };
  };
  const other = operation.method === "patch" ? "PUT" : "PATCH";
  return [
    ...(bearer
      ? [
          { what: "no credential", statuses: [401], change: authorization(undefined) },
          { what: "another scheme", statuses: [401], change: authorization("Basic YTpi") },
          { what: "a scheme without a token", statuses: [401], change: authorization("Bearer") },
        ]
      : []),
    {
      what: "another method",
      statuses: [405],
      change: ({ url, headers }) => new Request(url, { method: other, headers }),
    },
    {
      what: "another path",
      statuses: [404],
      change: ({ url, method, headers }) =>
        new Request(`${url.split("?")[0]}/more/still`, { method, headers }),
    },
    ...(operation.requestBodies.length > 0 ? bodyBreaks(operation.requestBodyRequired) : []),
  ];
}

function bodyBreaks(isRequired: boolean): readonly Break[] {
  const body = (text: string | null): Break["change"] => {
    return ({ url, method, headers }) => new Request(url, { method, headers, body: text });
  };
  return [
    ...(isRequired ? [{ what: "no body", statuses: [400, 422], change: body(null) }] : []),
    { what: "a body that is no JSON", statuses: [400, 422], change: body("{") },
    { what: "null as the body", statuses: [400, 422], change: body("null") },
  ];
}

function engineCheck(
  name: string,
  request: WireRequest,
  call: ClientCall,
  judge: (judged: Judged) => void,
  change: (request: Request) => Request = (it) => it,
): Check {
  return {
    suite: "engine",
    name,
    touches: requestTouches({ ...call, request }),
    run: async (subject) => {
      const engine = await subject.engine();
      judge(await engine.ask(change(toFetch("https://s2.invalid", call, request))));
    },
  };
}
