import type { Progress } from '#shared/contract/progress.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { setCorrupt } from '../../api/corruption.ts';
import { isCancelled } from '../../api/failures.ts';
import { awaitResult } from '../../api/stream.ts';
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
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  useCheck.setState({ running: { progress: null, stop } });
  try {
    const stream = api.workspace.verify({}, { signal: controller.signal });
    const result = await awaitResult(
      stream,
      (progress) => useCheck.setState({ running: { progress, stop } }),
      controller.signal,
    );
    if (result.damage.length > 0 && isLive()) setCorrupt();
    useCheck.setState({ last: { result, at: new Date().toISOString() } });
  } catch (error) {
    if (!isCancelled(error)) reportError(error);
  } finally {
    useCheck.setState({ running: null });
  }
}
