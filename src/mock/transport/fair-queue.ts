/** Lets one request run at a time, round robin over groups. Resolves to a function that lets the next one run. */
export type FairQueue<Group> = (group: Group) => Promise<() => void>;

/** Milliseconds of work after which the queue yields to the event loop, so that socket events are handled. */
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
