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
export async function largeWorkspace(): Promise<Seated> {
  return seated(async (services, session) => {
    for await (const _ of fillSample(services, session, {
      sample: generated({ size: '100k', seed: 1, now: Date.UTC(2026, 0, 1) }),
    }));
  }, 'frames://live/students');
}

async function against(
  repetitions: number,
  measure: (application: Awaited<ReturnType<typeof start>>) => Promise<number>,
): Promise<number[]> {
  const place = await largeWorkspace();
  const once = async (
    application: string,
    options: Parameters<typeof start>[1],
    look: typeof measure,
  ): Promise<number> => {
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
      () => once(root, { profile: place.profile, args: ['--workspace', place.workspace] }, measure),
      () => once(empty, { profile: join(place.folder, 'empty-user') }, firstPaint),
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
  measure: (repetitions) => against(repetitions, firstPaint),
};

export const firstRows: Row = {
  id: 'first-rows',
  name: 'first rows of a 100k grid vs first paint of an empty sandboxed window',
  target: 1.8,
  better: 'lower',
  measure: (repetitions) => against(repetitions, (started) => marked(started, 'frames:first-rows')),
};
