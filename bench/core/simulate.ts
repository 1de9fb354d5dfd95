import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { filled } from './backup.ts';

const [runs, terms] = [100, 5];

/** A simulation as the window asks for it, against the answer that it is beside: both measure the reach of the same network. */
export const simulateLarge: Row = {
  id: 'simulate-100k',
  name: `${runs} runs of ${terms} terms of 100k records vs an Insights answer of them`,
  target: 0.5,
  better: 'lower',
  async measure(run) {
    const place = await filled(run);
    try {
      const { analysis } = place.core.client(place.core.session());
      return await pairs(run, 'lower', {
        ours: (seed) =>
          timed(async () => {
            for await (const event of await analysis.simulate({
              runs: run.scaled(runs),
              terms,
              seed: seed + 1,
            }))
              if (event.kind === 'result' && event.result.runs < run.scaled(runs))
                throw new Error(`Only ${event.result.runs} runs were played.`);
          }),
        theirs: (seed) =>
          timed(async () => {
            for await (const _ of await analysis.insights({
              question: 'leavers',
              seed: seed + 1,
              quick: run.isSmoke,
            }));
          }),
      });
    } finally {
      await place.close();
    }
  },
};
