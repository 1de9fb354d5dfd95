import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '#core/log.ts';
import { openCore } from '#core/open.ts';
import { fillSample } from '#core/sample/handlers.ts';
import { createIds, systemClock, systemRandom } from '#core/system.ts';
import { root } from '#scripts/lib/paths.ts';
import { pairs } from '../row.ts';
import type { Row } from '../row.ts';
import { firstPaint, marked, start } from './spawn.ts';

const empty = join(import.meta.dirname, 'empty', 'main.mjs');

/** A workspace of 100,000 records and a seat that was last at its students. */
async function large(): Promise<{ folder: string; workspace: string; profile: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-bench-'));
  const workspace = join(folder, 'workspace');
  const profile = join(folder, 'user');
  const core = await openCore({
    workspace,
    clock: systemClock,
    random: systemRandom,
    ids: createIds(systemClock, systemRandom),
    log: silentLog,
    create: { owner: 'Bench' },
    holder: { kind: 'test', label: 'bench' },
  });
  for await (const _ of fillSample(core.services, core.session(), { size: '100k', seed: 1 }));
  await core.close();
  await mkdir(profile, { recursive: true });
  const seat = { version: 1, theme: 'light', items: { place: 'frames://live/students' }, window: null };
  await writeFile(join(profile, 'seat.json'), JSON.stringify(seat));
  return { folder, workspace, profile };
}

async function against(
  repetitions: number,
  measure: (application: Awaited<ReturnType<typeof start>>) => Promise<number>,
): Promise<number[]> {
  const place = await large();
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
