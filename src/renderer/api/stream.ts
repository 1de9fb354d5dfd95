import type { Progress } from '#shared/contract/progress.ts';
import { cancelledError, isCancelled, isDisconnected } from './failures.ts';
import { recordFailures } from './failed-writes.ts';

type StreamItem<T> = Progress | { kind: 'result'; result: T };
/** The stream of an operation that reports progress, or the promise of it. */
export type ResultStream<T> = PromiseLike<AsyncIterable<StreamItem<T>>> | AsyncIterable<StreamItem<T>>;

/**
 * Reads a stream of progress to its end and returns its result. Aborting `signal` cancels the operation; the promise then rejects as
 * cancelled (`isCancelled`).  @example const plan = await awaitResult(api.transfer.preview({ grant }, { signal }), setProgress, signal)
 */
export function awaitResult<T>(
  stream: ResultStream<T>,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<T> {
  return recordFailures(readResult(stream, onProgress, signal));
}

async function readResult<T>(
  stream: ResultStream<T>,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<T> {
  try {
    for await (const item of await stream) {
      if (item.kind === 'result') return item.result;
      if (!signal?.aborted) onProgress(item);
    }
  } catch (error) {
    if (signal?.aborted && !isDisconnected(error) && !isCancelled(error)) throw cancelledError();
    throw error;
  }
  throw signal?.aborted ? cancelledError() : new Error('The operation ended without a result.');
}
