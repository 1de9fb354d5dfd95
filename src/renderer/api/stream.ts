import type { Progress } from '#shared/contract/progress.ts';
import { cancelledError, isCancelled, isDisconnected } from './failures.ts';
import { countFailedWrites } from './failed-writes.ts';

type Step<T> = Progress | { kind: 'result'; result: T };

/**
 * Consumes a stream of progress and returns its result. Aborting `signal` cancels the operation; the promise then rejects as cancelled
 * (`isCancelled`).  @example const plan = await follow(api.transfer.preview({ grant }, { signal }), setProgress, signal)
 */
export function follow<T>(
  stream: PromiseLike<AsyncIterable<Step<T>>> | AsyncIterable<Step<T>>,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<T> {
  return countFailedWrites(followStream(stream, onProgress, signal));
}

async function followStream<T>(
  stream: PromiseLike<AsyncIterable<Step<T>>> | AsyncIterable<Step<T>>,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<T> {
  try {
    for await (const step of await stream) {
      if (step.kind === 'result') return step.result;
      if (!signal?.aborted) onProgress(step);
    }
  } catch (error) {
    if (signal?.aborted && !isDisconnected(error) && !isCancelled(error)) throw cancelledError();
    throw error;
  }
  throw signal?.aborted ? cancelledError() : new Error('The operation ended without a result.');
}
