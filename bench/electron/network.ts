import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '#scripts/lib/paths.ts';
import type { Row } from '../row.ts';
import { start } from './spawn.ts';

interface Figures {
  renderer: string;
  times: { full: number; empty: number }[];
}

/** The page's script as one text: the stage of the window's network view, without React. */
async function bundle(into: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: into,
      emptyOutDir: false,
      lib: {
        entry: join(import.meta.dirname, 'network', 'page.ts'),
        formats: ['iife'],
        name: 'page',
        fileName: () => 'page.js',
      },
    },
  });
  return readFile(join(into, 'page.js'), 'utf8');
}

/** The target is for a graphics card: where Chromium draws in software the figure is only reported. */
export const networkFrames: Row = {
  id: 'network-frames',
  name: 'network of 10k nodes, 50k edges: frame while panning vs an empty sigma canvas',
  target: 3,
  better: 'lower',
  async measure(repetitions) {
    const into = await mkdtemp(join(tmpdir(), 'frames-bench-page-'));
    try {
      const script = await bundle(into);
      const started = await start(join(import.meta.dirname, 'empty', 'main.mjs'), {
        args: ['--enable-unsafe-swiftshader'],
      });
      try {
        await started.page.evaluate(script);
        const { renderer, times } = await started.page.evaluate(
          (rounds) =>
            (globalThis as unknown as { measurePanning(n: number): Promise<Figures> }).measurePanning(rounds),
          repetitions,
        );
        if (/swiftshader|llvmpipe|software/i.test(renderer)) networkFrames.target = null;
        return times.map(({ full, empty }) => full / empty);
      } finally {
        await started.close();
      }
    } finally {
      await rm(into, { recursive: true, force: true });
    }
  },
};
