import type { Progress } from '#shared/contract/progress.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { meetDamage } from '../../api/damage.ts';
import { isCancelled } from '../../api/failures.ts';
import { follow } from '../../api/stream.ts';
import { isLive } from '../../stores/target.ts';
import { reportError } from '../../ui/notices.tsx';

interface Check {
  running: { progress: Progress | null; stop: () => void } | null;
  last: { result: Verification; at: string } | null;
}

/** The verification of the workspace. It continues while other views are open. */
export const useCheck = windowStore<Check>(() => ({ running: null, last: null }));

export async function verifyNow(): Promise<void> {
  if (useCheck.getState().running) return;
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  useCheck.setState({ running: { progress: null, stop } });
  try {
    const stream = api.workspace.verify({}, { signal: ending.signal });
    const result = await follow(
      stream,
      (progress) => useCheck.setState({ running: { progress, stop } }),
      ending.signal,
    );
    if (result.damage.length > 0 && isLive()) meetDamage();
    useCheck.setState({ last: { result, at: new Date().toISOString() } });
  } catch (error) {
    if (!isCancelled(error)) reportError(error);
  } finally {
    useCheck.setState({ running: null });
  }
}
