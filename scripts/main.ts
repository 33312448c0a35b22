/** Starts what the first argument asks for. Each is loaded alone: a run that has nothing to do loads little. */
const [, , first] = process.argv;
if (first === "change" || first === "init") process.argv.splice(2, 1);
if (first === "change") await import("./change.js");
else if (first === "init") await import("./init.js");
else {
  const { runCommand } = await import("./generate.js");
  process.exitCode = await runCommand(process.argv.slice(2));
}

export {};
