import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Api, Json } from "../../scripts/model/api.js";
import { buildApi } from "../../scripts/model/build.js";
import { methodWishes } from "../../scripts/model/names/methods.js";
import { toCamel, toKebab, toPascal, wordsOf } from "../../scripts/model/names/words.js";
import { canonical } from "../../scripts/spec/canonical.js";

const methodOf = (operationId: string, tag: string, http = "get" as const, path = "/x"): string =>
  methodWishes({ operationId, tag, http, path })[0] ?? "";

describe("methods are named by the operationId less the words of the tag", () => {
  test.each([
    ["list_access_tokens", "access-tokens", "list"],
    ["issue_access_token", "access-tokens", "issue"],
    ["revokeAccessToken", "Access Tokens", "revoke"],
    ["get_basin_config", "basins", "getConfig"],
    ["account_metrics", "metrics", "account"],
    ["read", "records", "read"],
    ["check_tail", "records", "checkTail"],
    ["list_policies", "policy", "list"],
    ["access_tokens", "access-tokens", "accessTokens"],
    ["list_things", "access-tokens", "listThings"],
    // Wherever the words stand, however they are split, in either number.
    ["getPetById", "pet", "getById"],
    ["putTSIGKey", "tsigkey", "put"],
    ["list_allow_list_entries", "Allowlist entries", "list"],
    ["Files_GetFileContents", "Files", "getContents"],
    ["emails/get-receiving-attachment", "Receiving Emails", "getAttachment"],
    ["FetchSipAuthIpList", "Api2010AuthIpList", "fetchSip"],
    ["updateStatuses", "status", "update"],
    // The start of a long tag, where another noun is left.
    ["getAuditLogEvents", "Audit log API", "getEvents"],
    ["getTimeTrackingEntriesForTask", "Time tracking categories", "getEntriesForTask"],
    ["assignProjectGroupRole", "Project group role assignments", "assignRole"],
    // Nothing hangs.
    ["addSettingForGoal", "Goals", "addSetting"],
    ["AddRolesToRoleSet", "Role Sets", "addRoles"],
    ["removeUserFromTeamForProject", "Teams", "removeUserForProject"],
    ["create_or_join_lobby", "lobbies", "createOrJoin"],
    ["getPetAndOwner", "pet", "getOwner"],
    ["getAPet", "pet", "get"],
    ["get_my_application", "applications", "getMyApplication"],
    // Namespaces, and verbs behind their nouns.
    ["v1.message-attempt.list-by-msg", "Message Attempt", "listByMsg"],
    ["cloud.projects.builds.list", "projects", "listBuilds"],
    ["genai_get_agent", "Platform", "getGenaiAgent"],
    ["bulk_update_guild_channels", "guilds", "bulkUpdateChannels"],
    // At most five words: the verb and the last ones.
    ["get_a_very_long_name_of_some_metric", "other", "getNameOfSomeMetric"],
  ])("%s of %s is %s", (operationId, tag, name) => {
    expect(methodOf(operationId, tag, "get", "/x/{y}")).toBe(name);
  });

  test.each([
    ["", "users", "get", "/users", "list"],
    ["", "users", "get", "/users/{id}", "get"],
    ["", "users", "post", "/users", "create"],
    ["", "users", "get", "/v1/users/{id}/posts", "listPosts"],
    ["", "posts", "get", "/v1/users/{id}/posts", "listForUser"],
    ["", "tasks", "post", "/tasks/{id}/duplicate", "duplicate"],
    ["", "instances", "post", "/v1/{name}:cancel", "cancel"],
    ["", "marks", "get", "/files/{id}/mark-6VMVochwUWo", "getForFile"],
    ["read_item_items__item_id__get", "items", "get", "/items/{item_id}", "read"],
    ["get_files_id_versions_id", "versions", "get", "/files/{file_id}/versions/{v}", "getForFile"],
    ["getUsersForTeam", "users", "get", "/teams/{id}/users", "listForTeam"],
    ["getUserForTeam", "users", "get", "/teams/{id}/users/{user}", "getForTeam"],
    ["getMuseumHours", "operations", "get", "/museum-hours", "getMuseumHours"],
    ["Updatespendlimit", "limits", "post", "/spend_limit", "updateSpend"],
  ] as const)("%s of %s, %s %s, is %s", (operationId, tag, http, path, name) => {
    expect(methodWishes({ operationId, tag, http, path })[0]).toBe(name);
  });

  test("none is empty, hangs or is longer than five words", () => {
    const word = fc.constantFrom(
      ..."get list create pet pets by for and the my of all owner status then v1 to".split(" "),
    );
    const text = fc
      .array(word, { maxLength: 9 })
      .chain((words) => fc.constantFrom("_", ".", "-", "/").map((by) => words.join(by)));
    const path = fc.array(fc.constantFrom("pets", "{id}", "v1", "owner", "by"), { maxLength: 5 });
    fc.assert(
      fc.property(text, text, path, (operationId, tag, segments) => {
        const given = { operationId, tag: tag || "x", http: "get", path: `/${segments.join("/")}` };
        const [name = ""] = methodWishes({ ...given, http: "get" });
        expect(name).not.toBe("");
        expect(wordsOf(name).length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

const ok: Json = { "204": { description: "" } };
type Paths = Record<string, Record<string, Record<string, Json>>>;

function document(paths: Paths, schemas: Record<string, Json> = {}): Json {
  const full = Object.entries(paths).map(([path, item]): [string, Json] => [
    path,
    Object.fromEntries(
      Object.entries(item).map(([http, operation]) => [http, { responses: ok, ...operation }]),
    ),
  ]);
  return {
    openapi: "3.1.0",
    info: { title: "names", version: "1" },
    servers: [{ url: "https://names.example" }],
    paths: Object.fromEntries(full),
    components: { schemas },
  };
}

const read = (given: Json): Api => buildApi(canonical(given), { strict: false }).api;

/** Every method as it is called, with the operation that it calls. */
function methodsOf(given: Json): Record<string, string> {
  return Object.fromEntries(
    read(given).resources.flatMap(({ property, methods }) =>
      methods.map(({ name, http, path }) => [`${http} ${path}`, `${property}.${name}`]),
    ),
  );
}

describe("without --strict, every clash and gap is resolved", () => {
  test("no tag: the first word of the path, versions aside; several tags: the first", () => {
    const given = document({
      "/api/v1/health/ping": { get: {} },
      "/{tenant}/members": { get: {} },
      "/": { get: {} },
      "/pets": { get: { tags: ["animals", "pets"], operationId: "list_animals" } },
      "/odd": { get: { tags: ["🦊"] } },
    });
    expect(methodsOf(given)).toEqual({
      "get /api/v1/health/ping": "health.getPing",
      "get /{tenant}/members": "members.list",
      "get /": "root.get",
      "get /pets": "animals.list",
      "get /odd": "odd.get",
    });
  });

  test("an operationId that is missing or taken follows from method and path", () => {
    const given = document({
      "/a": { get: { operationId: "one", tags: ["t"] }, head: { operationId: "one", tags: ["t"] } },
      "/a/{id}": { get: { tags: ["t"] } },
    });
    const ids = read(given).resources.flatMap(({ methods }) =>
      methods.map(({ operationId, http, path }) => `${http} ${path} ${operationId}`),
    );
    expect(ids).toEqual(["get /a one", "head /a headA", "get /a/{id} getAById"]);
  });

  test("methods that want one name: the shortest id keeps it, the others say more", () => {
    const given = document({
      "/a": { get: { operationId: "list_things", tags: ["things"] } },
      "/b": { get: { operationId: "v2.things.list", tags: ["things"] } },
      "/c": { get: { operationId: "constructor", tags: ["things"] } },
      "/d": { get: { operationId: "things/then", tags: ["things"] } },
    });
    expect(methodsOf(given)).toEqual({
      "get /a": "things.list",
      "get /b": "things.v2ThingsList",
      "get /c": "things.constructorCall",
      "get /d": "things.thingsThen",
    });
  });

  test("one tag in several spellings is one resource; combining marks stay; long ones are cut", () => {
    const long = "a very long tag ".repeat(20).trim();
    const given = document({
      "/a": { get: { tags: ["Pet Shop"], operationId: "a" } },
      "/b": { get: { tags: ["pet-shop"], operationId: "b" } },
      "/c": { get: { tags: ["हिन्दी"], operationId: "c" } },
      "/d": { get: { tags: [long], operationId: "d" } },
      "/e": { get: { tags: ["1-click"], operationId: "e" } },
      "/f": { get: { tags: ["raw"], operationId: "f" } },
      "/g": { get: { tags: ["con"], operationId: "g" } },
    });
    const { resources } = read(given);
    expect(methodsOf(given)).toMatchObject({
      "get /a": "petShop.a",
      "get /b": "petShop.b",
      "get /c": "हिन्दी.c",
      "get /e": "_1Click.e",
      "get /f": "rawResource.f",
      "get /g": "con.g",
    });
    expect(resources.find(({ property }) => property === "con")?.className).toBe("ConResource");
    expect(Math.max(...resources.map(({ className }) => className.length))).toBeLessThanOrEqual(60);
  });

  test("types: schemas first, then resources, error classes and operations", () => {
    const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
    const body = (name: string): Json => ({
      "200": { description: "", content: { "application/json": { schema: ref(name) } } },
      "404": { description: "", content: { "application/json": { schema: ref("NotFoundError") } } },
    });
    const schema: Json = { type: "object", properties: { id: { type: "string" } } };
    const names = [
      "Pet",
      "pet",
      "PET",
      "NotFoundError",
      "Map",
      "2fast",
      "🦊",
      "ListFailure",
      "NUL",
    ];
    const given = document(
      Object.fromEntries(
        names.map((name, index) => [
          `/${index}`,
          {
            get: {
              tags: ["pet"],
              operationId: index === 0 ? "list" : `get${index}`,
              responses: body(name),
            },
          },
        ]),
      ),
      Object.fromEntries(names.map((name) => [name, schema])),
    );
    const api = read(given);
    const models = Object.fromEntries(api.models.map(({ schema: key, name }) => [key, name]));
    expect(models).toEqual({
      Pet: "Pet",
      PET: "PetModel",
      pet: "PetModel2",
      NotFoundError: "NotFoundError",
      Map: "MapModel",
      "2fast": "_2fast",
      "🦊": "Schema",
      ListFailure: "ListFailure",
      NUL: "NulModel",
    });
    expect(api.resources[0]?.className).toBe("PetResource");
    expect(api.resources[0]?.methods[0]?.failureName).toBe("ListCallFailure");
    expect(api.errors.statuses[0]?.className).toBe("NotFoundApiError");
  });

  test("properties: the name on the wire decides, and stands in for what makes no identifier", () => {
    const names = [
      ..."foo_bar fooBar FooBar +1 -1 @type type 123 2x then constructor valueOf _id id ".split(
        " ",
      ),
      ...["", "🦊", "हिन्दी_नाम"],
    ];
    const properties = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
    const given = document(
      {
        "/a": {
          get: {
            tags: ["t"],
            responses: {
              "200": {
                description: "",
                content: { "application/json": { schema: { $ref: "#/components/schemas/A" } } },
              },
            },
          },
        },
      },
      { A: { type: "object", properties } },
    );
    const shape = read(given).models[0]?.shape;
    const found = shape?.kind === "object" ? shape.properties : [];
    expect(found.find(({ wireName }) => wireName === "then")?.name).toBe("then_");
    const others = found.filter(({ wireName }) => wireName !== "then");
    expect(Object.fromEntries(others.map(({ wireName, name }) => [wireName, name]))).toEqual({
      fooBar: "fooBar",
      FooBar: "FooBar",
      foo_bar: "foo_bar",
      "+1": "+1",
      "-1": "-1",
      "@type": "@type",
      type: "type",
      "123": "123",
      "2x": "2x",
      constructor: "constructor_",
      valueOf: "valueOf_",
      id: "id",
      _id: "_id",
      "": "",
      "🦊": "🦊",
      हिन्दी_नाम: "हिन्दीनाम",
    });
  });

  test("a parameter with the name of a field of the body, or of another parameter, says where it travels", () => {
    const parameter = (place: string): Json => ({
      name: "id",
      in: place,
      required: true,
      schema: { type: "string" },
    });
    const schema: Json = { type: "object", properties: { id: { type: "string" } } };
    const given = document({
      "/a/{id}": {
        get: { operationId: "g", tags: ["t"], parameters: [parameter("path"), parameter("query")] },
        post: {
          operationId: "p",
          tags: ["t"],
          parameters: [parameter("path"), parameter("query")],
          requestBody: { required: true, content: { "application/json": { schema } } },
        },
      },
    });
    const [get, post] = read(given).resources[0]?.methods ?? [];
    expect(get?.input.parameters.map(({ name }) => name)).toEqual(["id", "queryId"]);
    expect(post?.input.parameters.map(({ name }) => name)).toEqual(["pathId", "queryId"]);
  });
});

/** Documents full of clashes. */
const clashing: fc.Arbitrary<Paths> = fc
  .uniqueArray(
    fc.record({
      path: fc.constantFrom(
        "/pets",
        "/pets/{id}",
        "/Pets",
        "/pet",
        "/{id}",
        "/v1/pets",
        "/pets/all",
      ),
      http: fc.constantFrom("get", "post", "delete"),
      operationId: fc.constantFrom(
        "",
        "get_pet",
        "getPet",
        "pets_get",
        "list",
        "pets",
        "then",
        "v1.pets.get",
      ),
      tag: fc.constantFrom("", "pet", "Pet", "pets", "raw", "Date"),
    }),
    { selector: ({ path, http }) => `${http} ${path}`, minLength: 2, maxLength: 12 },
  )
  .map((operations) => {
    const paths: Paths = {};
    for (const { path, http, operationId, tag } of operations) {
      paths[path] = {
        ...paths[path],
        [http]: { ...(operationId !== "" && { operationId }), ...(tag !== "" && { tags: [tag] }) },
      };
    }
    return paths;
  });

describe("names are stable", () => {
  test("no two methods of a resource share one, and the order of keys does not matter", () => {
    fc.assert(
      fc.property(clashing, fc.infiniteStream(fc.nat()), (paths, ranks) => {
        const next = (): number => Number(ranks.next().value);
        const names = methodsOf(document(paths));
        expect(new Set(Object.values(names)).size).toBe(Object.keys(names).length);
        const shuffled = Object.entries(paths)
          .map((entry) => ({ entry, rank: next() }))
          .sort((left, right) => left.rank - right.rank)
          .map(({ entry: [path, item] }) => [
            path,
            Object.fromEntries(Object.entries(item).reverse()),
          ]);
        expect(methodsOf(document(Object.fromEntries(shuffled)))).toEqual(names);
      }),
    );
  });

  test("an operation that is added renames only what wants the same name", () => {
    fc.assert(
      fc.property(clashing, (paths) => {
        const before = methodsOf(document(paths));
        const more = document({
          ...paths,
          "/zebras": { get: { operationId: "watch_zebras", tags: ["zebras"] } },
        });
        expect(methodsOf(more)).toEqual({ ...before, "get /zebras": "zebras.watch" });
      }),
    );
  });
});

const word = fc.stringMatching(/^[a-z]{2,8}$/);
const words = fc.array(word, { minLength: 1, maxLength: 4 });

test("snake_case, kebab-case and camelCase of the same words are one name", () => {
  fc.assert(
    fc.property(words, (parts) => {
      const camel = toCamel(parts.join("_"));
      expect(toCamel(parts.join("-"))).toBe(camel);
      expect(toCamel(camel)).toBe(camel);
      expect(toPascal(camel)).toBe(`${camel.charAt(0).toUpperCase()}${camel.slice(1)}`);
      expect(toKebab(camel)).toBe(parts.join("-"));
    }),
  );
});
