import type { Progress } from '#shared/contract/progress.ts';
import type { Output } from './output/output.ts';

/** Reads a long operation to its end: shows how far it is, and returns its result. Throws what the operation throws. */
export async function follow<R>(
  stream: AsyncIterable<Progress | { kind: 'result'; result: R }>,
  output: Output,
): Promise<R> {
  let last: { result: R } | undefined;
  for await (const event of stream) {
    if (event.kind === 'progress') output.progress(event);
    else last = event;
  }
  output.endProgress();
  if (!last) throw new Error('the operation ended without a result');
  return last.result;
}
