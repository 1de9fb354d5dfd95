import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fillSample } from '#core/sample/fill.ts';
import { root } from '#scripts/lib/paths.ts';
import { generated } from '#scripts/sample/generate.ts';
import { pairs } from '../row.ts';
import type { Row } from '../row.ts';
import { seated } from './seated.ts';
import type { Seated } from './seated.ts';
import { firstPaint, marked, start } from './spawn.ts';

const empty = join(import.meta.dirname, 'empty', 'main.mjs');

/** A workspace of 100,000 records and a seat that was last at its students. */
async function largeWorkspace(): Promise<Seated> {
  return seated(async (services, session) => {
    await fillSample(services, session, {
      sample: generated({ size: '100k', seed: 1, now: Date.UTC(2026, 0, 1) }),
    });
  }, 'frames://live/students');
}

type Application = Parameters<typeof start>[0];
type Measure = (started: Awaited<ReturnType<typeof start>>) => Promise<number>;

/** Compares starts of FRAMES with 100,000 records with starts of an empty program until its first paint. `before` runs before each start. */
export async function compareStarts(
  repetitions: number,
  {
    ours,
    theirs,
    before,
    measure,
  }: {
    ours: Application;
    theirs: Application;
    before?: () => Promise<void>;
    measure: Measure;
  },
): Promise<number[]> {
  const place = await largeWorkspace();
  const once = async (
    application: Application,
    options: Parameters<typeof start>[1],
    look: Measure,
  ): Promise<number> => {
    await before?.();
    const started = await start(application, options);
    try {
      return await look(started);
    } finally {
      await started.close();
    }
  };
  try {
    return await pairs(
      repetitions,
      'lower',
      () => once(ours, { profile: place.profile, args: ['--workspace', place.workspace] }, measure),
      () => once(theirs, { profile: join(place.folder, 'empty-user') }, firstPaint),
    );
  } finally {
    await rm(place.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export const firstPaintOfShell: Row = {
  id: 'first-paint',
  name: 'first paint with 100k records vs first paint of an empty sandboxed window',
  target: 1.3,
  better: 'lower',
  measure: (repetitions) => compareStarts(repetitions, { ours: root, theirs: empty, measure: firstPaint }),
};

export const firstRows: Row = {
  id: 'first-rows',
  name: 'first rows of a 100k grid vs first paint of an empty sandboxed window',
  target: 1.8,
  better: 'lower',
  measure: (repetitions) =>
    compareStarts(repetitions, {
      ours: root,
      theirs: empty,
      measure: (started) => marked(started, 'frames:first-rows'),
    }),
};
