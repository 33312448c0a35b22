#!/usr/bin/env node
// Written for old versions of Node.js too: they must get as far as the message.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `clientwright needs Node.js 20.19 or later, and this is ${process.version}. Install a newer one from https://nodejs.org\n`,
  );
  process.exitCode = 1;
} else {
  // In the repository, where nothing may be built yet, the sources are run.
  const { existsSync } = await import("node:fs");
  const isSource = existsSync(new URL("./run.mjs", import.meta.url));
  await import(isSource ? "./run.mjs" : "./dist/main.mjs");
}
