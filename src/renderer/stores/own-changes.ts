/** Changes of this window that its queries show already, by op_id, until the log tells of them. */
const shown = new Set<string>();
const running = new Set<Promise<unknown>>();

/**
 * Makes a change whose outcome `show` puts into what was read, so that it need not be read again: live.ts asks for that before it
 * does. Throws what `work` throws.
 */
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

/** Whether a change is one of those. The log may tell of it before its call has answered, so that what runs is waited for. True once. */
export async function isShown(opId: string): Promise<boolean> {
  await Promise.allSettled(running);
  return shown.delete(opId);
}
