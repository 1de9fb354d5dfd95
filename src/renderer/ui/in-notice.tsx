import { Button } from '@mantine/core';
import type { Progress } from '#shared/contract/progress.ts';
import { atStart } from '../api/window-state.ts';
import { windowStore } from '../api/window-store.ts';
import { isCancelled } from '../api/failures.ts';
import { follow } from '../api/stream.ts';
import { say } from '../i18n/setup.ts';
import type { NoticeAction } from '../stores/notices.ts';
import { dropNotice, notice, reportError } from './notices.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import './progress.css';

const useWork = windowStore<Readonly<Record<string, Progress | null>>>(() => ({}));

function Running({ id, label, onCancel }: { id: string; label: string; onCancel: () => void }) {
  const progress = useWork((work) => work[id] ?? null);
  return (
    <div className="stack gap-8 mt-4 notice-work">
      <ProgressLine progress={progress} label={label} />
      <Button size="xs" variant="default" onClick={onCancel}>
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

interface Work<R> {
  /** The id of its notice. Concurrent work with the same id gets its own notice and cancel button. */
  id: string;
  title: string;
  start: (signal: AbortSignal) => PromiseLike<AsyncIterable<Progress | { kind: 'result'; result: R }>>;
  done: (result: R) => NoticeText;
  /** Whether the caller handles the error: it is then thrown without a notice. */
  deals?: (error: unknown) => boolean;
}

function show(id: string, title: string, ending: AbortController): void {
  const more = <Running id={id} label={title} onCancel={() => ending.abort()} />;
  notice({ id, title, more, passing: true });
}

/** Shorter work shows no notice; milliseconds. */
const patience = 400;

/** Runs work that may take long: after a moment a notice shows its progress and a cancel button. Throws what the work throws. */
export async function withProgress<T>(
  title: string,
  work: (onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const id = crypto.randomUUID();
  const ending = new AbortController();
  const timer = setTimeout(() => show(id, title, ending), patience);
  try {
    return await work((progress) => useWork.setState({ [id]: progress }), ending.signal);
  } finally {
    clearTimeout(timer);
    dropNotice(id);
  }
}

const going = new Set<string>();
atStart(() => going.clear());

/** The id, or `id-2`, `id-3` … while it is in use. */
function freeId(id: string): string {
  let free = id;
  for (let number = 2; going.has(free); number += 1) free = `${id}-${number}`;
  return free;
}

/**
 * Runs long work with progress, cancel button and a final notice. Returns null if it failed or was cancelled. Throws errors that the caller
 * handles.
 */
export async function inNotice<R>({ title, start, done, deals, ...of }: Work<R>): Promise<R | null> {
  const ending = new AbortController();
  const id = freeId(of.id);
  going.add(id);
  useWork.setState({ [id]: null });
  show(id, title, ending);
  try {
    const showProgress = (progress: Progress): void => useWork.setState({ [id]: progress });
    const result = await follow(start(ending.signal), showProgress, ending.signal);
    const shown = done(result);
    notice({ id, ...shown, ...(shown.tone === 'bad' ? {} : { stays: 15_000 }) });
    return result;
  } catch (error) {
    if (isCancelled(error)) {
      notice({ id, title: say('notices:cancelled', { what: title }) });
      return null;
    }
    dropNotice(id);
    if (deals?.(error)) throw error;
    reportError(error, say('notices:failed', { what: title }));
    return null;
  } finally {
    going.delete(id);
  }
}
