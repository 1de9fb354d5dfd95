import { isServerFault } from './remote.ts';
import type { Round } from './round-context.ts';

export type PushRequest = Parameters<Round['remote']['sync']['push']>[0];
export type PushAnswer = Awaited<ReturnType<Round['remote']['sync']['push']>>;

/** Pushes a request. An error about the whole request is narrowed down to one operation, which counts as refused; the others continue. */
export async function pushBatch(round: Round, batch: PushRequest): Promise<PushAnswer> {
  const { operations } = batch;
  try {
    return await round.remote.sync.push(batch, { signal: round.signal });
  } catch (error) {
    const code = ['TOO_LARGE', 'VALIDATION_ERROR'].find((one) => isServerFault(error, one));
    if (code === undefined) throw error;
    const [first] = operations;
    if (operations.length > 1) return pushInHalves(round, batch);
    const refused = first
      ? [
          {
            op_id: first.op_id,
            code: code === 'TOO_LARGE' ? 'too_large' : 'invalid',
            message: (error as Error).message,
            record: null,
          },
        ]
      : [];
    return { accepted: [], known: [], partial: [], refused, seq: 0 };
  }
}

async function pushInHalves(round: Round, batch: PushRequest): Promise<PushAnswer> {
  const middle = Math.ceil(batch.operations.length / 2);
  const firstAnswer = await pushBatch(round, { ...batch, operations: batch.operations.slice(0, middle) });
  const secondAnswer = await pushBatch(round, { ...batch, operations: batch.operations.slice(middle) });
  return {
    accepted: [...firstAnswer.accepted, ...secondAnswer.accepted],
    known: [...firstAnswer.known, ...secondAnswer.known],
    partial: [...firstAnswer.partial, ...secondAnswer.partial],
    refused: [...firstAnswer.refused, ...secondAnswer.refused],
    seq: Math.max(firstAnswer.seq, secondAnswer.seq),
  };
}
