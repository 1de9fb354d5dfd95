import { each } from '../row.ts';
import type { Row } from '../row.ts';
import { filled } from './backup.ts';
import type { Place } from './place.ts';

/** Starts an answer with confidence, gives it up in the middle of the work, and waits until the call has ended. In milliseconds. */
async function cancelled({ core }: Place, seed: number): Promise<number> {
  const stop = new AbortController();
  const call = core.client(core.session()).analysis.insights({ question: 'leavers', seed }, stop);
  let began = 0;
  try {
    for await (const event of await call) {
      if (event.kind === 'result') throw new Error('It ended before it was cancelled.');
      if (event.kind !== 'progress' || event.done < 30 || began > 0) continue;
      began = performance.now();
      stop.abort();
    }
  } catch (error) {
    if (began === 0) throw error;
  }
  return performance.now() - began;
}

export const analysisCancel: Row = {
  id: 'analysis-cancel',
  name: 'from Cancel to the end of an Insights answer of 100k records (ms)',
  target: 100,
  better: 'lower',
  async measure(run) {
    const place = await filled(run);
    try {
      return await each(run, (round) => cancelled(place, round + 1));
    } finally {
      await place.close();
    }
  },
};
