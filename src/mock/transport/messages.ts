import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";

/** A request of either protocol. */
export type Request = IncomingMessage | Http2ServerRequest;

/** A response of either protocol. */
export type Response = ServerResponse | Http2ServerResponse;
