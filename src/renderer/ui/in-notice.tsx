import { Button } from '@mantine/core';
import { create } from 'zustand';
import type { Progress } from '#shared/contract/progress.ts';
import { isCancelled } from '../api/failures.ts';
import { follow } from '../api/stream.ts';
import { say } from '../i18n/setup.ts';
import type { NoticeAction } from '../stores/notices.ts';
import { dropNotice, notice, report } from './notices.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import './progress.css';

const useWork = create<Readonly<Record<string, Progress | null>>>()(() => ({}));

function Running({ id, label, onCancel }: { id: string; label: string; onCancel: () => void }) {
  const progress = useWork((work) => work[id] ?? null);
  return (
    <div className="notice-work">
      <ProgressLine progress={progress} label={label} />
      <Button size="xs" variant="default" onClick={onCancel}>
        {say('common:cancel')}
      </Button>
    </div>
  );
}

/** What is said when the work is done, or was given up. */
export interface NoticeText {
  title: string;
  more?: string;
  action?: NoticeAction;
  /** `bad` stays until it is dismissed. */
  tone?: 'plain' | 'bad';
}

interface Work<R> {
  /** Of its notice. Work of the same id that begins while this goes on has a notice of its own, with its own way to cancel. */
  id: string;
  title: string;
  start: (signal: AbortSignal) => PromiseLike<AsyncIterable<Progress | { kind: 'result'; result: R }>>;
  done: (result: R) => NoticeText;
  /** Whether the caller deals with what was thrown: then it is told nothing of, and thrown. */
  deals?: (error: unknown) => boolean;
}

function show(id: string, title: string, ending: AbortController): void {
  const more = <Running id={id} label={title} onCancel={() => ending.abort()} />;
  notice({ id, title, more, passing: true });
}

/** Work that is done sooner says nothing, in milliseconds. */
const patience = 400;

/**
 * Does something that may take long: after a moment a notice says what is done, how far it has come, and offers to cancel it. Throws
 * what the work throws.
 */
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

/** The id itself, or where work goes on in that notice `id-2`, `id-3` … */
function freeId(id: string): string {
  let free = id;
  for (let number = 2; going.has(free); number += 1) free = `${id}-${number}`;
  return free;
}

/** Does long work in view of the person: how far it is, a way to cancel, and at the end what came of it. Null when nothing did. Throws what the caller deals with. */
export async function inNotice<R>({ title, start, done, deals, ...of }: Work<R>): Promise<R | null> {
  const ending = new AbortController();
  const id = freeId(of.id);
  going.add(id);
  useWork.setState({ [id]: null });
  show(id, title, ending);
  try {
    const tell = (progress: Progress): void => useWork.setState({ [id]: progress });
    const result = await follow(start(ending.signal), tell, ending.signal);
    const told = done(result);
    notice({ id, ...told, ...(told.tone === 'bad' ? {} : { stays: 15_000 }) });
    return result;
  } catch (error) {
    if (isCancelled(error)) {
      notice({ id, title: say('notices:cancelled', { what: title }) });
      return null;
    }
    dropNotice(id);
    if (deals?.(error)) throw error;
    report(error, say('notices:failed', { what: title }));
    return null;
  } finally {
    going.delete(id);
  }
}
