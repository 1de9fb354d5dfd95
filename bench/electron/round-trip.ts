import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { openPlace } from '../core/place.ts';
import type { Row } from '../row.ts';
import { bundlePage } from './bundle.ts';
import { start } from './spawn.ts';

type Measured = { call: number; echo: number }[];
const folder = join(import.meta.dirname, 'echo');
const blocks = 30;

export const roundTrip: Row = {
  id: 'round-trip',
  name: 'call round trip renderer → core vs an empty port echo, blocks of ten',
  target: 3,
  better: 'lower',
  async measure(run) {
    const place = await openPlace();
    try {
      const script = await bundlePage(join(folder, 'page.ts'));
      const page = join(folder, 'index.html');
      const args = [join(root, 'out', 'main', 'data.js'), place.core.services.files.folder, page];
      const started = await start(join(folder, 'main.mjs'), { args });
      try {
        await started.page.evaluate(script);
        const measured = await started.page.evaluate(
          ([rounds = 0, of = 0]) =>
            (
              globalThis as unknown as { measureRoundTrips(n: number, blocks: number): Promise<Measured> }
            ).measureRoundTrips(rounds, of),
          [run.repetitions, run.scaled(blocks)],
        );
        return { runs: measured.map(({ call, echo }) => call / echo) };
      } finally {
        await started.close();
      }
    } finally {
      await place.close();
    }
  },
};
