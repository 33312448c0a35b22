/** Something to measure. */
export interface Contender {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/**
 * Milliseconds that a contender runs before it is measured, so that the compiler has seen it, and in each round: short
 * enough to end, mostly, before another process gets its turn.
 */
const warmUp = 250;
const turn = 2;

/**
 * Times contenders that take turns: a machine that is busy for a while is busy for all of them.
 *
 * @returns microseconds of one run, by contender and then by round
 */
export async function measure(
  contenders: readonly Contender[],
  rounds: number,
): Promise<number[][]> {
  const batches: number[] = [];
  for (const { run } of contenders) {
    const start = performance.now();
    let runs = 0;
    for (; performance.now() - start < warmUp; runs += 1) await run();
    batches.push(Math.max(1, Math.round((runs / warmUp) * turn)));
  }
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < contenders.length; place += 1) {
      // Another one begins in each round: none always follows the same neighbour's garbage.
      const index = (place + round) % contenders.length;
      const { run } = contenders[index] ?? { run: async () => {} };
      const batch = batches[index] ?? 1;
      const start = performance.now();
      for (let count = 0; count < batch; count += 1) await run();
      times[index]?.push(((performance.now() - start) / batch) * 1000);
    }
  }
  return times;
}
