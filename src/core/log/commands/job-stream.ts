import type { Stream } from '#shared/contract/progress.ts';
import type { Session } from '../session.ts';
import { progressStream } from '../../kernel/progress-stream.ts';
import type { OnProgress } from '../../kernel/progress-stream.ts';
import type { WriteContext } from './write-context.ts';
import type { WriteQueueMethods } from './write-queue.ts';

export interface StreamedJob<R> {
  label: string;
  signal?: AbortSignal | undefined;
  /** `signal` is also aborted when the consumer stops reading. */
  run(write: WriteContext, onProgress: OnProgress, signal: AbortSignal): Promise<R>;
}

/** Runs long work in one write transaction; streams its progress, then its result. Cancelled when the consumer stops reading. */
export function jobStream<R>(queue: WriteQueueMethods, session: Session, work: StreamedJob<R>): Stream<R> {
  return progressStream(
    (onProgress, signal) => queue.job(session, work.label, (write) => work.run(write, onProgress, signal)),
    work.signal,
  );
}
