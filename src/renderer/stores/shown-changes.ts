import { atStart } from '../api/window-state.ts';

/** Changes of this window that its queries show already, by op_id, until the log reports them. */
const shownOps = new Set<string>();
const runningChanges = new Set<Promise<unknown>>();
atStart(() => {
  shownOps.clear();
  runningChanges.clear();
});

/** Makes a change and updates the queries with `show`, so that `watchChanges` does not refetch them. Throws what `work` throws. */
export async function changeAndShow<T extends { op_id: string | null }>(
  work: () => Promise<T>,
  show: (result: T) => void,
): Promise<T> {
  const run = async (): Promise<T> => {
    const result = await work();
    show(result);
    if (result.op_id !== null) shownOps.add(result.op_id);
    return result;
  };
  const change = run();
  runningChanges.add(change);
  try {
    return await change;
  } finally {
    runningChanges.delete(change);
  }
}

/**
 * Whether the queries show this change already; true once. Waits for running calls, because the log can report a change before its call
 * answers.
 */
export async function isShown(opId: string): Promise<boolean> {
  await Promise.allSettled(runningChanges);
  return shownOps.delete(opId);
}
