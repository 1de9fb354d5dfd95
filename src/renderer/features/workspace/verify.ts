import type { Verification } from '#shared/contract/workspace.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { setCorrupt } from '../../api/corruption.ts';
import { isLive } from '../../stores/target.ts';
import { runInWindow } from '../../stores/window-work.ts';
import type { RunningWork } from '../../stores/window-work.ts';

interface VerificationState {
  running: RunningWork | null;
  lastCheck: { result: Verification; at: string } | null;
}

export const useVerification = windowStore<VerificationState>(() => ({ running: null, lastCheck: null }));

export const verifyNow = (): Promise<void> =>
  runInWindow(useVerification, {
    start: (options) => api.workspace.verify({}, options),
    onResult: (result) => {
      if (result.damage.length > 0 && isLive()) setCorrupt();
      useVerification.setState({ lastCheck: { result, at: new Date().toISOString() } });
    },
  });
