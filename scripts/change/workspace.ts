import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A temporary folder for files that a comparison extracts from Git or a package. */
export class Workspace {
  #folder: string | undefined;
  #count = 0;

  /** Creates an empty folder. */
  folder(name: string): string {
    this.#folder ??= mkdtempSync(path.join(tmpdir(), "contract-change-"));
    this.#count += 1;
    const folder = path.join(this.#folder, `${name}-${this.#count}`);
    mkdirSync(folder);
    return folder;
  }

  /** Removes all folders. */
  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Runs a program and returns its standard output. If it fails, throws with its standard error. */
export function run(program: string, args: readonly string[], folder: string): Buffer {
  return execFileSync(program, [...args], {
    cwd: folder,
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
