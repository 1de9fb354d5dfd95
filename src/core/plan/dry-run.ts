import type { Stream } from '#shared/contract/progress.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { Clock } from '../kernel/system.ts';
import { jobStream } from '../log/commands/job-stream.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { completed, streamed } from '../kernel/progress.ts';
import type { CallContext } from '../model/services.ts';

/** Progress and cancelling of work in a transaction. */
export interface Pace {
  clock: Clock;
  signal: AbortSignal;
  tell: (progress: Progress) => void;
}

/** Runs steps at a pace, under a code of the text catalogue. */
export const runSteps = <R>(
  { clock, signal, tell }: Pace,
  step: string,
  steps: Generator<number, R, void>,
  total: number | null = null,
): Promise<R> => completed(streamed(steps, { step, total, clock, signal }), tell);

/** Thrown at the end of a dry run, so that its transaction is rolled back. */
class RolledBack<R> extends Error {
  readonly result: R;

  constructor(result: R) {
    super('a dry run');
    this.result = result;
  }
}

/** Runs work in one queued transaction, and streams its progress and result. The transaction of a dry run is rolled back. */
export async function* planJob<R>(
  { services, session }: CallContext,
  { label, dry, signal }: { label: string; dry: boolean; signal: AbortSignal | undefined },
  work: (write: WriteContext, pace: Pace) => Promise<R>,
): Stream<R> {
  const { queue, source } = services;
  try {
    yield* jobStream(queue, session, {
      label,
      signal,
      async run(write, tell, given) {
        const result = await work(write, { clock: source.clock, signal: given, tell });
        if (dry) throw new RolledBack(result);
        return result;
      },
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    yield { kind: 'result', result: (error as RolledBack<R>).result };
  }
}
