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
  async measure(repetitions) {
    const place = await filled();
    try {
      const { analysis } = place.core.client(place.core.session());
      return await pairs(
        repetitions,
        'lower',
        (seed) =>
          timed(async () => {
            for await (const event of await analysis.simulate({ runs, terms, seed: seed + 1 }))
              if (event.kind === 'result' && event.result.runs < runs)
                throw new Error(`Only ${event.result.runs} runs were played.`);
          }),
        (seed) =>
          timed(async () => {
            for await (const _ of await analysis.insights({ question: 'leavers', seed: seed + 1 }));
          }),
      );
    } finally {
      await place.close();
    }
  },
};
