/** Starts the command of the first argument. Loads only the modules of that command, so that it starts fast. */
const [, , first] = process.argv;
if (first === "change" || first === "init") process.argv.splice(2, 1);
if (first === "change") await import("./change.js");
else if (first === "init") await import("./init.js");
else {
  const { runCommand } = await import("./generate.js");
  process.exitCode = await runCommand(process.argv.slice(2));
}

export {};
