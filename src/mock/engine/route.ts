import type { Contract, OperationContract } from "./contract.js";

/** Finds operations by path. */
export interface Routes {
  /** The operations whose path template matches a percent-encoded path, in the order of the document. */
  readonly at: (path: string) => readonly OperationContract[];
  /**
   * The only operation that a request can match. Undefined if several or none can, or if a segment of its template has
   * a parameter and other characters.
   */
  readonly only: (method: string, path: string) => OperationContract | undefined;
}

interface Route {
  readonly operation: OperationContract;
  /** The literal string of each segment; undefined for a parameter. */
  readonly segments: readonly (string | undefined)[];
  /** Whether each segment is either a literal or a parameter, and not a mixture. */
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
