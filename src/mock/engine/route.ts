import type { Contract, OperationContract } from "./contract.js";

/** Finds operations by paths. */
export interface Routes {
  /** The operations whose path template a path fits, in the order of the document; the path is percent-encoded. */
  readonly at: (path: string) => readonly OperationContract[];
  /**
   * The one operation that a request can only mean. Undefined is that there is none or a choice to be made, or that a
   * template has more in a segment than a name.
   */
  readonly only: (method: string, path: string) => OperationContract | undefined;
}

interface Route {
  readonly operation: OperationContract;
  /** Of each segment the text that it must be; undefined where it is the value of a parameter. */
  readonly segments: readonly (string | undefined)[];
  /** Whether each segment is a text or a parameter, and no mixture. */
  readonly isSimple: boolean;
}

/** The routes of a contract. */
export function createRoutes({ operations }: Contract): Routes {
  const routes = operations.map((operation): Route => {
    const segments = operation.path.split("/");
    const isParameter = (segment: string): boolean => segment.includes("{");
    return {
      operation,
      segments: segments.map((one) => (isParameter(one) ? undefined : decoded(one))),
      isSimple: segments.every((one) => !isParameter(one) || /^\{[^{}]+\}$/.test(one)),
    };
  });
  const matching = (path: string): readonly Route[] => {
    const given = path.split("/").map(decoded);
    return routes.filter(
      ({ segments }) =>
        segments.length === given.length &&
        segments.every((segment, index) => segment === undefined || segment === given[index]),
    );
  };
  return {
    at: (path) => matching(path).map(({ operation }) => operation),
    only: (method, path) => {
      const found = matching(path).filter(({ operation }) => operation.method === method);
      const [route] = found;
      return found.length === 1 && route?.isSimple === true ? route.operation : undefined;
    },
  };
}

function decoded(segment: string): string {
  return segment.includes("%") ? decodeURIComponent(segment) : segment;
}
