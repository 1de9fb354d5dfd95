import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fillSample } from '#core/sample/fill.ts';
import { root } from '#scripts/lib/paths.ts';
import { generated } from '#scripts/sample/generate.ts';
import type { Figures, Row } from '../row.ts';
import { oncePerRun, roundsOf } from '../run.ts';
import type { Run } from '../run.ts';
import { bundlePage } from './bundle.ts';
import { seated } from './seated.ts';
import type { Seated } from './seated.ts';
import { firstPaint, marked, start } from './spawn.ts';
import type { Started } from './spawn.ts';

const empty = join(import.meta.dirname, 'empty', 'main.mjs');
const echo = join(import.meta.dirname, 'echo');

/** A workspace of 100,000 records and a seat that was last at its students. */
const largeWorkspace = (run: Run): Promise<Seated> =>
  seated(async (services, session) => {
    await fillSample(services, session, {
      sample: generated({ size: run.sample, seed: 1, now: Date.UTC(2026, 0, 1) }),
    });
  }, 'frames://live/students');

type Application = Parameters<typeof start>[0];

interface Programs {
  ours: Application;
  theirs: Application;
  /** Runs before each start. */
  before?: () => Promise<void>;
}

/** Compares starts of FRAMES with 100,000 records, until its first paint and its first rows, with the first paint of an empty program. */
export async function compareStarts(
  run: Run,
  { ours, theirs, before }: Programs,
): Promise<{ paint: Figures; rows: Figures }> {
  const place = await largeWorkspace(run);
  const { folder, profile, workspace } = place;
  const once = async <T>(
    application: Application,
    options: Parameters<typeof start>[1],
    look: (started: Started) => Promise<T>,
  ): Promise<T> => {
    await before?.();
    const started = await start(application, options);
    try {
      return await look(started);
    } finally {
      await started.close();
    }
  };
  const ofEmpty = (): Promise<number> => once(theirs, { profile: join(folder, 'empty-user') }, firstPaint);
  const ofOurs = (): Promise<{ paint: number; rows: number }> =>
    once(ours, { profile, args: ['--workspace', workspace] }, async (started) => ({
      paint: await firstPaint(started),
      rows: await marked(started, 'frames:first-rows'),
    }));
  try {
    const bare = await bareGrid(folder, workspace);
    const ofBareGrid = (): Promise<number> =>
      once(join(echo, 'main.mjs'), { profile: join(folder, 'bare-user'), args: bare }, (started) =>
        marked(started, 'frames:first-rows'),
      );
    const found = { paint: [] as number[], rows: [] as number[], floors: [] as number[] };
    for (const { round, counts } of roundsOf(run)) {
      const first = round % 2 === 0 ? undefined : await ofOurs();
      const base = await ofEmpty();
      const { paint, rows } = first ?? (await ofOurs());
      const floor = await ofBareGrid();
      if (!counts) continue;
      found.paint.push(paint / base);
      found.rows.push(rows / base);
      found.floors.push(floor / base);
    }
    return { paint: { runs: found.paint }, rows: { runs: found.rows, floors: found.floors } };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The floor of the first rows: a window with a bare list, the data process, and the same first query. Returns the arguments of its program. */
async function bareGrid(folder: string, workspace: string): Promise<string[]> {
  const page = await mkdtemp(join(folder, 'page-'));
  await writeFile(join(page, 'page.js'), await bundlePage(join(import.meta.dirname, 'grid', 'page.ts')));
  await cp(join(import.meta.dirname, 'grid', 'index.html'), join(page, 'index.html'));
  return [join(root, 'out', 'main', 'data.js'), workspace, join(page, 'index.html')];
}

const starts = oncePerRun((run) => compareStarts(run, { ours: root, theirs: empty }));

export const firstPaintOfShell: Row = {
  id: 'first-paint',
  name: 'first paint with 100k records vs first paint of an empty sandboxed window',
  target: 1.3,
  better: 'lower',
  measure: async (run) => (await starts(run)).paint,
};

export const firstRows: Row = {
  id: 'first-rows',
  name: 'first rows of a 100k grid vs first paint of an empty sandboxed window',
  target: 1.8,
  better: 'lower',
  measure: async (run) => (await starts(run)).rows,
};
