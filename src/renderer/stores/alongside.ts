import { create } from 'zustand';
import { keep, useSeat } from './seat.ts';

export type Direction = 'undo' | 'redo';

/** What of this window goes along with a change when that is undone or redone. */
type Follows = (direction: Direction) => void | Promise<void>;

/** By the op_id of the change, each in the order in which it was said. */
export const useAlongside = create<Readonly<Record<string, readonly Follows[]>>>()(() => ({}));

/** Says what goes along with a change, by its op_id, as long as the window is open. */
export function goesAlong(opId: string, follows: Follows): void {
  useAlongside.setState((all) => ({ [opId]: [...(all[opId] ?? []), follows] }));
}

/** A change was undone or redone: what goes along with it follows. */
export async function follow(direction: Direction, opId: string): Promise<void> {
  for (const one of useAlongside.getState()[opId] ?? []) await one(direction);
}

/**
 * Does `work`, and gives how what it kept for this seat is taken back and kept again: each item only where it is as it was left, so that
 * nothing is lost that was done since.
 */
export function keeping(work: () => void): (direction: Direction) => void {
  const { items: before } = useSeat.getState();
  work();
  const { items: after } = useSeat.getState();
  const keys = Object.keys({ ...before, ...after }).filter((key) => before[key] !== after[key]);
  return (direction) => {
    const [from, to] = direction === 'undo' ? [after, before] : [before, after];
    const { items: now } = useSeat.getState();
    for (const key of keys)
      if (JSON.stringify(now[key]) === JSON.stringify(from[key])) keep(key, to[key] ?? null);
  };
}
