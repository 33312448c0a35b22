import type { createFetchClient, S2 } from "../../../src/index.js";
import { fetchOf } from "../../fetch-of.js";
import type { ClientCall } from "../client-calls.js";
import { type Contract, isJsonArray, isJsonObject, type Json } from "../read-document.js";
import type { Check } from "./check.js";
import { claim, same } from "./claim.js";
import { answerOf } from "./success.js";

/** Where the client calls: the servers of the document, the default first. */
export function serverChecks(
  { document }: Contract,
  calls: readonly ClientCall[],
): readonly Check[] {
  const urls = baseUrlsOf(document["servers"]);
  const [call] = calls;
  const [first] = urls;
  if (call === undefined || first === undefined) throw new Error("no server or no operation");
  return [
    {
      suite: "client requests",
      name: "the client knows every server",
      touches: [],
      run: async (subject) => same((await subject.client()).exports["baseUrls"], urls, "servers"),
    },
    {
      suite: "client requests",
      name: "the raw client calls the first server by default",
      touches: [],
      run: async (subject) => {
        let url = "";
        const { exports } = await subject.client();
        // The same function, from another build of the package; of any path, the base is what counts.
        const create = exports["createFetchClient"] as typeof createFetchClient;
        const raw = create({
          fetch: async (request) => {
            url = request.url;
            return answerOf(call.operation);
          },
        });
        await Reflect.apply(raw.GET, raw, ["/anything"]);
        same(url, `${first}/anything`, "URL");
      },
    },
    {
      suite: "client requests",
      name: "the client calls the first server by default",
      touches: [],
      run: async (subject) => {
        let url = "";
        const { exports } = await subject.client();
        // The same class, from another build of the package.
        const Connected = exports["S2"] as typeof S2;
        const client = new Connected({
          accessToken: "any",
          fetch: fetchOf((request) => {
            url = request.url;
            return answerOf(call.operation);
          }),
        });
        await call.send(client, call.request);
        claim(url.startsWith(`${first}/`), () => `${url} is not at ${first}`);
      },
    },
  ];
}

/** Every URL that the templates of the servers give: the defaults, then each other value of a variable. */
function baseUrlsOf(servers: Json | undefined): readonly string[] {
  const urls = (isJsonArray(servers) ? servers : []).flatMap((server) => {
    if (!isJsonObject(server)) return [];
    const variables = isJsonObject(server["variables"]) ? server["variables"] : {};
    return Object.entries(variables).reduce<readonly string[]>(
      (templates, [name, variable]) => {
        const { default: fallback = "", enum: values } = isJsonObject(variable) ? variable : {};
        const all = [fallback, ...(isJsonArray(values) ? values : [])];
        return templates.flatMap((url) =>
          all.map((value) => url.replaceAll(`{${name}}`, String(value))),
        );
      },
      [String(server["url"])],
    );
  });
  return [...new Set(urls)];
}
