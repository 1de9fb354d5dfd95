import type { Progress } from '#shared/contract/progress.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { setCorrupt } from '../../api/corruption.ts';
import { isCancelled } from '../../api/failures.ts';
import { awaitResult } from '../../api/stream.ts';
import { isLive } from '../../stores/target.ts';
import { reportError } from '../../ui/notices.tsx';

interface VerificationState {
  running: { progress: Progress | null; cancel: () => void } | null;
  lastCheck: { result: Verification; at: string } | null;
}

/** The verification of the workspace. It continues while other views are open. */
export const useVerification = windowStore<VerificationState>(() => ({ running: null, lastCheck: null }));

export async function verifyNow(): Promise<void> {
  if (useVerification.getState().running) return;
  const controller = new AbortController();
  const cancel = (): void => controller.abort();
  useVerification.setState({ running: { progress: null, cancel } });
  try {
    const stream = api.workspace.verify({}, { signal: controller.signal });
    const result = await awaitResult(
      stream,
      (progress) => useVerification.setState({ running: { progress, cancel } }),
      controller.signal,
    );
    if (result.damage.length > 0 && isLive()) setCorrupt();
    useVerification.setState({ lastCheck: { result, at: new Date().toISOString() } });
  } catch (error) {
    if (!isCancelled(error)) reportError(error);
  } finally {
    useVerification.setState({ running: null });
  }
}
