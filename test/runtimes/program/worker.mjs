/** The smoke program for platforms that run workers: its setting is the body of a request. */
import { smoke } from "./smoke.mjs";

export const worker = {
  async fetch(request) {
    return Response.json(await smoke(await request.json()));
  },
};
