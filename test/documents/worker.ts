import { type ChildProcess, fork } from "node:child_process";

/** Runs tasks in a process of its own, one at a time. After a task that takes too long or ends it, it gets a new one. */
export class WorkerProcess<Task, Result> {
  readonly #program: string;
  readonly #limit: number;
  readonly #most: number;
  #child: ChildProcess | undefined;
  #done = 0;

  /**
   * @param program - file of the program; it sends `"ready"`, then a result for each task
   * @param seconds - how long a task may take
   * @param most - how many tasks one process gets: one that has held much has little memory left for the next
   */
  constructor(program: string, seconds: number, most = 25) {
    this.#program = program;
    this.#limit = seconds * 1000;
    this.#most = most;
  }

  /** @returns the result, or in words why there is none */
  async run(task: Task): Promise<Result | string> {
    const child = await this.#start();
    this.#done += 1;
    const result = await this.#next(child, () => child.send(task as object));
    if (typeof result === "string" || this.#done >= this.#most) this.stop();
    return result;
  }

  /** Ends the process. */
  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
    this.#done = 0;
  }

  async #start(): Promise<ChildProcess> {
    if (this.#child !== undefined) return this.#child;
    const child = fork(this.#program, {
      execArgv: ["--import", "tsx", "--max-old-space-size=3072"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child = child;
    const ready = await this.#next(child, () => undefined);
    if (ready !== "ready") throw new Error(`${this.#program} does not start: ${ready}`);
    return child;
  }

  #next(child: ChildProcess, begin: () => void): Promise<Result | string> {
    return new Promise((resolve) => {
      let said = "";
      const listen = (text: Buffer): void => {
        said = `${said}${text}`.slice(-2000);
      };
      const finish = (result: Result | string): void => {
        clearTimeout(late);
        child.stderr?.off("data", listen);
        child.off("message", onMessage);
        child.off("exit", onExit);
        resolve(result);
      };
      // The program is ours, and sends nothing but results.
      const onMessage = (message: unknown): void => finish(message as Result);
      const onExit = (code: number | null, signal: string | null): void =>
        finish(`the process ended with ${code ?? signal}: ${said.trim()}`);
      const late = setTimeout(
        () => finish(`took longer than ${this.#limit / 1000} s`),
        this.#limit,
      );
      child.stderr?.on("data", listen);
      child.once("message", onMessage);
      child.once("exit", onExit);
      begin();
    });
  }
}
