import type { Plugin } from "esbuild";

/** Modules of Prism that the mock never calls: calling other servers, older descriptions, and logging. */
const unused: readonly { readonly module: RegExp; readonly of: RegExp }[] = [
  { module: /^\.\/(forwarder|callback\/callbacks|instanceWithSpec)$/, of: /prism-http\/dist/ },
  { module: /^@stoplight\/http-spec\/(oas2|postman)\/operation$/, of: /prism-http\/dist/ },
  { module: /^\.\/logger$/, of: /prism-core\/dist/ },
];

/**
 * Leaves modules out of the bundle that the mock never calls; they would be two thirds of it. Each becomes an empty
 * module, so that a call would fail visibly.
 */
export const leaveOut: Plugin = {
  name: "leave-out",
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, importer }) =>
      unused.some(({ module, of }) => module.test(path) && of.test(importer))
        ? { path, namespace: "left-out" }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace: "left-out" }, () => ({
      contents: "module.exports = {};",
    }));
    // Sample values need the word lists of one language only.
    build.onResolve({ filter: /^@faker-js\/faker$/ }, ({ path, resolveDir }) => ({
      path,
      namespace: "one-language",
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /./, namespace: "one-language" }, ({ pluginData }) => ({
      contents: 'exports.default = require("@faker-js/faker/locale/en").faker;',
      resolveDir: pluginData,
    }));
  },
};
