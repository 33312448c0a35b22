/** Starts what the first argument asks for. Each is loaded alone: a run that has nothing to do loads little. */
const [, , first] = process.argv;
if (first === "change" || first === "init") process.argv.splice(2, 1);
if (first === "change") await import("./change.js");
else if (first === "init") await import("./init.js");
else await import("./generate.js");

export {};
