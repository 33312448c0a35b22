import type { CallOptions, OperationSpec } from "./operation.js";

/** How a request is sent. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * Wraps one way of sending in another. Everything that happens between a generated method and the network is a
 * layer, told which operation it carries; generated code knows of none of them.
 */
export type Layer = (next: Fetch, operation: OperationSpec, options: CallOptions) => Fetch;

/** What a generated resource needs to make its calls. */
export interface Connection<Client> {
  /** The typed fetch client. */
  readonly client: Client;
  /** How the requests of one call are sent: the network under all layers. */
  readonly fetch: (operation: OperationSpec, options: CallOptions) => Fetch;
  /** The base URL of operations that the contract serves elsewhere, with the template's variables filled in. */
  readonly server: (template: string, variables: Readonly<Record<string, string>>) => string;
}

/** What a {@link Connection} is made of. */
export interface ConnectionInit<Client> {
  readonly client: Client;
  /** The outermost first. */
  readonly layers: readonly Layer[];
  /** Default: the platform's `fetch`, looked up at each call, so that a test may replace it. */
  readonly fetch?: Fetch | undefined;
  /** Base URLs by server template of the contract, for operations that have servers of their own. */
  readonly servers?: Readonly<Record<string, string>> | undefined;
}

/** Joins a typed client, its layers and the network. */
export function createConnection<Client>(init: ConnectionInit<Client>): Connection<Client> {
  const { client, layers, servers = {} } = init;
  const network: Fetch = init.fetch ?? ((request) => globalThis.fetch(request));
  return {
    client,
    fetch: (operation, options) =>
      layers.reduceRight<Fetch>((next, layer) => layer(next, operation, options), network),
    server: (template, variables) => fillServer(servers[template] ?? template, variables),
  };
}

/** Sends the credential with every operation that wants one, and nothing with the others. */
export function bearerLayer(token: string): Layer {
  return (next, operation) => (request) =>
    next(operation.bearer ? withBearer(request, token) : request);
}

/** Puts the credential on a request. */
export function withBearer(request: Request, token: string): Request {
  request.headers.set("authorization", `Bearer ${token}`);
  return request;
}

function fillServer(template: string, variables: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = variables[name];
    return value === undefined ? whole : value;
  });
}
