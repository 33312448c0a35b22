/** Maps places of a converted document to places of its source. */
export class Origins {
  readonly #moved = new Map<string, readonly string[]>();

  /** Records that the value at `to` in the result was at `from` in the source. */
  moved(to: readonly string[], from: readonly string[]): void {
    this.#moved.set(to.join("\0"), from);
  }

  /** The source place of a place in the result. */
  of(at: readonly string[]): readonly string[] {
    if (this.#moved.size === 0) return at;
    for (let length = at.length; length > 0; length -= 1) {
      const from = this.#moved.get(at.slice(0, length).join("\0"));
      if (from !== undefined) return [...from, ...at.slice(length)];
    }
    return at;
  }
}
