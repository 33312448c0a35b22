#!/usr/bin/env node
// This file must run in old versions of Node.js too, so that they print the message.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `clientwright needs Node.js 20.19 or later, but this is ${process.version}. Install a newer version from https://nodejs.org\n`,
  );
  process.exitCode = 1;
} else {
  // In the repository, run the sources: `dist/` may not exist.
  const { existsSync } = await import("node:fs");
  const isSource = existsSync(new URL("./run.mjs", import.meta.url));
  await import(isSource ? "./run.mjs" : "./dist/main.mjs");
}
