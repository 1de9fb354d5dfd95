import type { Progress } from '#shared/contract/progress.ts';
import { isCancelled } from '../api/failures.ts';
import { awaitResult } from '../api/stream.ts';
import { reportError } from '../ui/notices.tsx';

export interface RunningWork {
  progress: Progress | null;
  cancel: () => void;
}

interface WorkStore {
  getState: () => { running: RunningWork | null };
  setState: (state: { running: RunningWork | null }) => void;
}

interface Work<T> {
  start: (options: { signal: AbortSignal }) => Parameters<typeof awaitResult<T>>[0];
  onResult: (result: T) => void;
  onCancelled?: () => void;
}

/** Runs work that continues while other views are open, unless it runs already. `store` holds its progress. Reports a failure. */
export async function runInWindow<T>(
  store: WorkStore,
  { start, onResult, onCancelled = () => {} }: Work<T>,
): Promise<void> {
  if (store.getState().running) return;
  const controller = new AbortController();
  const { signal } = controller;
  const showProgress = (progress: Progress | null): void =>
    store.setState({ running: { progress, cancel: () => controller.abort() } });
  showProgress(null);
  try {
    onResult(await awaitResult(start({ signal }), showProgress, signal));
  } catch (error) {
    if (isCancelled(error)) onCancelled();
    else reportError(error);
  } finally {
    store.setState({ running: null });
  }
}
