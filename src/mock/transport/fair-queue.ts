/** Lets one at a time work: resolves to what ends the turn. Who belong together are one among others, however many. */
export type Turns<Group> = (group: Group) => Promise<() => void>;

/** Milliseconds of work after which what has happened to connections meanwhile comes first. */
const slice = 5;

/** Turns that go round all groups that wait. */
export function createTurns<Group>(): Turns<Group> {
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
