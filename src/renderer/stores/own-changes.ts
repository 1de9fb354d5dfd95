import { atStart } from '../api/window-state.ts';

/** Changes of this window that its queries show already, by op_id, until the log reports them. */
const shown = new Set<string>();
const running = new Set<Promise<unknown>>();
atStart(() => {
  shown.clear();
  running.clear();
});

/** Makes a change and updates the queries with `show`, so that live.ts need not refetch them. Throws what `work` throws. */
export async function showingItself<T extends { op_id: string | null }>(
  work: () => Promise<T>,
  show: (done: T) => void,
): Promise<T> {
  const make = async (): Promise<T> => {
    const done = await work();
    show(done);
    if (done.op_id !== null) shown.add(done.op_id);
    return done;
  };
  const change = make();
  running.add(change);
  try {
    return await change;
  } finally {
    running.delete(change);
  }
}

/**
 * Whether the queries show this change already; true once. Waits for running calls, because the log may report a change before its call
 * answers.
 */
export async function isShown(opId: string): Promise<boolean> {
  await Promise.allSettled(running);
  return shown.delete(opId);
}
