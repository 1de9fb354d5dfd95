import { join } from 'node:path';
import type { Row } from '../row.ts';
import { bundlePage } from './bundle.ts';
import type { PanningSize } from './network/page.ts';
import { start } from './spawn.ts';

interface Measured {
  renderer: string;
  times: { full: number; empty: number }[];
}

/** The target is for a graphics card: where Chromium draws in software the figure is only reported. */
export const networkFrames: Row = {
  id: 'network-frames',
  name: 'network of 10k nodes, 50k edges: frame while panning vs an empty sigma canvas',
  target: 3,
  better: 'lower',
  async measure(run) {
    const script = await bundlePage(join(import.meta.dirname, 'network', 'page.ts'));
    const started = await start(join(import.meta.dirname, 'empty', 'main.mjs'), {
      args: ['--enable-unsafe-swiftshader'],
    });
    try {
      await started.page.evaluate(script);
      const { renderer, times } = await started.page.evaluate(
        (size) =>
          (globalThis as unknown as { measurePanning(of: PanningSize): Promise<Measured> }).measurePanning(
            size,
          ),
        {
          rounds: run.repetitions,
          nodes: run.scaled(10_000),
          edges: run.scaled(50_000),
          duration: run.scaled(1500),
        },
      );
      if (/swiftshader|llvmpipe|software/i.test(renderer)) networkFrames.target = null;
      return { runs: times.map(({ full, empty }) => full / empty) };
    } finally {
      await started.close();
    }
  },
};
