import { Button } from '@mantine/core';
import type { Progress } from '#shared/contract/progress.ts';
import { atStart } from '../api/window-state.ts';
import { windowStore } from '../api/window-store.ts';
import { isCancelled } from '../api/failures.ts';
import { awaitResult } from '../api/stream.ts';
import type { ResultStream } from '../api/stream.ts';
import { say } from '../i18n/setup.ts';
import type { NoticeAction } from '../stores/notices.ts';
import { dropNotice, notice, reportError } from './notices.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import './progress.css';

const useWorkProgress = windowStore<Readonly<Record<string, Progress | null>>>(() => ({}));

function RunningWork({ id, label, onCancel }: { id: string; label: string; onCancel: () => void }) {
  const progress = useWorkProgress((work) => work[id] ?? null);
  return (
    <div className="stack gap-8 mt-4 notice-work">
      <ProgressLine progress={progress} label={label} />
      <Button size="xs" onClick={onCancel}>
        {say('common:cancel')}
      </Button>
    </div>
  );
}

export interface NoticeText {
  title: string;
  more?: string;
  action?: NoticeAction;
  /** `bad` stays until it is dismissed. */
  tone?: 'plain' | 'bad';
}

interface LongWork<R> {
  /** The id of its notice. Concurrent work with the same id gets its own notice and cancel button. */
  id: string;
  title: string;
  start: (signal: AbortSignal) => ResultStream<R>;
  resultNotice: (result: R) => NoticeText;
  /** Whether the caller handles the error: it is then thrown without a notice. */
  handlesError?: (error: unknown) => boolean;
}

function showProgressNotice(id: string, title: string, controller: AbortController): void {
  const more = <RunningWork id={id} label={title} onCancel={() => controller.abort()} />;
  notice({ id, title, more, isOngoing: true });
}

/** Milliseconds before work shows a notice; shorter work shows none. */
const noticeDelayMs = 400;

/** Runs work that can take long: after a moment a notice shows its progress and a cancel button. Throws what the work throws. */
export async function withProgress<T>(
  title: string,
  work: (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const id = crypto.randomUUID();
  const controller = new AbortController();
  const timer = setTimeout(() => showProgressNotice(id, title, controller), noticeDelayMs);
  try {
    return await work((progress) => useWorkProgress.setState({ [id]: progress }), controller.signal);
  } finally {
    clearTimeout(timer);
    dropNotice(id);
  }
}

/** Like `withProgress`, for an operation that streams its progress. */
export const streamWithProgress = <R,>(
  title: string,
  start: (signal: AbortSignal) => ResultStream<R>,
): Promise<R> => withProgress(title, (onProgress, signal) => awaitResult(start(signal), onProgress, signal));

const runningIds = new Set<string>();
atStart(() => runningIds.clear());

/** The id, or `id-2`, `id-3` … while it is in use. */
function unusedId(id: string): string {
  let candidate = id;
  for (let number = 2; runningIds.has(candidate); number += 1) candidate = `${id}-${number}`;
  return candidate;
}

/** Runs work with progress, cancel button and a final notice. Returns null if it failed or was cancelled. */
export async function runWithNotice<R>({
  title,
  start,
  resultNotice,
  handlesError,
  ...rest
}: LongWork<R>): Promise<R | null> {
  const controller = new AbortController();
  const id = unusedId(rest.id);
  runningIds.add(id);
  useWorkProgress.setState({ [id]: null });
  showProgressNotice(id, title, controller);
  try {
    const showProgress = (progress: Progress): void => useWorkProgress.setState({ [id]: progress });
    const result = await awaitResult(start(controller.signal), showProgress, controller.signal);
    const finalNotice = resultNotice(result);
    notice({ id, ...finalNotice, ...(finalNotice.tone === 'bad' ? {} : { stays: 15_000 }) });
    return result;
  } catch (error) {
    if (isCancelled(error)) {
      notice({ id, title: say('notices:cancelled', { what: title }) });
      return null;
    }
    dropNotice(id);
    if (handlesError?.(error)) throw error;
    reportError(error, say('notices:failed', { what: title }), id);
    return null;
  } finally {
    runningIds.delete(id);
  }
}
