import type { Stream } from '#shared/contract/progress.ts';
import type { Session } from '../session.ts';
import { progressStream } from '../../kernel/progress-stream.ts';
import type { OnProgress } from '../../kernel/progress-stream.ts';
import type { WriteContext } from './write-context.ts';
import type { Writes } from './write-queue.ts';

export interface StreamedJob<R> {
  label: string;
  signal?: AbortSignal | undefined;
  /** `signal` is raised too when nobody listens any more. */
  run(write: WriteContext, tell: OnProgress, signal: AbortSignal): Promise<R>;
}

/** Runs long work in one write transaction, and streams how far it is and at last its result. Whoever stops listening cancels it. */
export function jobStream<R>(queue: Writes, session: Session, work: StreamedJob<R>): Stream<R> {
  return progressStream(
    (tell, signal) => queue.job(session, work.label, (write) => work.run(write, tell, signal)),
    work.signal,
  );
}
