import type { Answer, Input, MediaBody } from "./api.js";

/** All bodies of a request, the default first. */
export function requestBodies({ body }: Input): MediaBody[] {
  return body === undefined ? [] : [body, ...body.others];
}

/** All bodies of the success responses, the default first. */
export function answerBodies({ body, cases, others }: Answer): MediaBody[] {
  const own = body === undefined ? [] : [body];
  const all = [...cases, ...others.flatMap((one) => one.cases)];
  return [...own, ...all.flatMap((one) => one.body ?? []), ...others];
}
