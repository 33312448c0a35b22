/** One request at a time, round robin over groups: resolves to the function that lets the next one go. */
export type FairQueue<Group> = (group: Group) => Promise<() => void>;

/** Milliseconds of work after which what has happened to connections meanwhile comes first. */
const slice = 5;

/** A queue that serves all waiting groups in turn, so that a group with many requests does not hold up the others. */
export function createFairQueue<Group>(): FairQueue<Group> {
  const waiting = new Map<Group, (() => void)[]>();
  let isTaken = false;
  let since = 0;
  const next = (): void => {
    for (const [group, queue] of waiting) {
      waiting.delete(group);
      const begin = queue.shift();
      if (queue.length > 0) waiting.set(group, queue);
      begin?.();
      return;
    }
    isTaken = false;
  };
  const resume = (): void => {
    since = performance.now();
    next();
  };
  return (group) =>
    new Promise((resolve) => {
      let isOver = false;
      const end = (): void => {
        if (isOver) return;
        isOver = true;
        if (performance.now() - since < slice) next();
        else setImmediate(resume);
      };
      if (isTaken) {
        const queue = waiting.get(group) ?? [];
        queue.push(() => resolve(end));
        waiting.set(group, queue);
        return;
      }
      isTaken = true;
      since = performance.now();
      resolve(end);
    });
}
