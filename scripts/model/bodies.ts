import type { Answer, Input, MediaBody } from "./api.js";

/** Every body that a request may have, the default first. */
export function requestBodies({ body }: Input): MediaBody[] {
  return body === undefined ? [] : [body, ...body.others];
}

/** Every body that a success may have, the default first. */
export function answerBodies({ body, cases, others }: Answer): MediaBody[] {
  const own = body === undefined ? [] : [body];
  const all = [...cases, ...others.flatMap((one) => one.cases)];
  return [...own, ...all.flatMap((one) => one.body ?? []), ...others];
}
