import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '#scripts/lib/paths.ts';
import { openPlace } from '../core/place.ts';
import type { Row } from '../row.ts';
import { start } from './spawn.ts';

type Figures = { call: number; echo: number }[];
const folder = join(import.meta.dirname, 'echo');

/** The page's script as one text. */
async function bundle(into: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      outDir: into,
      emptyOutDir: false,
      lib: { entry: join(folder, 'page.ts'), formats: ['iife'], name: 'page', fileName: () => 'page.js' },
    },
  });
  return readFile(join(into, 'page.js'), 'utf8');
}

export const roundTrip: Row = {
  id: 'round-trip',
  name: 'call round trip renderer → core vs an empty port echo, blocks of ten',
  target: 3,
  better: 'lower',
  async measure(repetitions) {
    const into = await mkdtemp(join(tmpdir(), 'frames-bench-page-'));
    const place = await openPlace();
    try {
      const script = await bundle(into);
      const args = [join(root, 'out', 'main', 'data.js'), place.core.services.files.folder];
      const started = await start(join(folder, 'main.mjs'), { args });
      try {
        await started.page.evaluate(script);
        const figures = await started.page.evaluate(
          (rounds) =>
            (globalThis as unknown as { measureRoundTrips(n: number): Promise<Figures> }).measureRoundTrips(
              rounds,
            ),
          repetitions,
        );
        return figures.map(({ call, echo }) => call / echo);
      } finally {
        await started.close();
      }
    } finally {
      await place.close();
      await rm(into, { recursive: true, force: true });
    }
  },
};
