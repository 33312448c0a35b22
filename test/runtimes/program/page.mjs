/** The smoke program for browsers: its setting comes from the server of the page, which is told what came of it. */
import { smoke } from "./smoke.mjs";

const setting = await (await fetch("/setting")).json();
await fetch("/report", { method: "POST", body: JSON.stringify(await smoke(setting)) });
