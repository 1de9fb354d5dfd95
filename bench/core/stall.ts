import { sinceBase } from '#shared/domain/points-in-time.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import { generated } from '#scripts/sample/generate.ts';
import { each } from '../row.ts';
import type { Figures, Row } from '../row.ts';
import type { Run } from '../run.ts';
import { openForBench } from './open.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';
import { backUp, bareCopy, filled, forget, restoreNewest } from './backup.ts';

/** How often somebody calls and somebody writes while the work goes on, in milliseconds. */
const [calls, writes] = [4, 10];
/** How long writes alone are measured, in milliseconds. */
const alone = 3000;
/** The most that a call may be held up, in milliseconds. */
const target = 16;
/** The same while a large sandbox is compared or promoted. */
const mostOfSandboxes = 50;

/**
 * Runs `work` while a window reads a record every few milliseconds. Returns the longest that a call took from when it was due to its
 * answer, in milliseconds.
 */
async function longestStall(core: Core, work: () => Promise<unknown>): Promise<number> {
  const client = core.client(core.session());
  const [first] = (await client.entities.list({ type: 'university', limit: 1 })).rows;
  const over = new AbortController();
  let longest = 0;
  const calling = (async (): Promise<void> => {
    while (!over.signal.aborted) {
      const due = performance.now() + calls;
      await sleep(calls);
      await client.entities.get({ type: 'university', id: first?.id ?? '' });
      longest = Math.max(longest, performance.now() - due);
    }
  })();
  try {
    await work();
  } finally {
    over.abort();
    await calling;
  }
  return longest;
}

/** Runs `work` while somebody changes one record after the other. */
async function underWrites(core: Core, work: () => Promise<unknown>): Promise<void> {
  const { entities } = core.client(core.session());
  const { rows } = await entities.list({ type: 'team', limit: 1000 });
  const over = new AbortController();
  const writing = (async (): Promise<void> => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      const { id = '' } = rows[turn % rows.length] ?? {};
      await entities.update({ type: 'team', id, data: { experience: turn % 60 } });
      await sleep(writes);
    }
  })();
  try {
    await work();
  } finally {
    over.abort();
    await writing;
  }
}

async function drain(stream: Promise<AsyncIterable<unknown>>): Promise<void> {
  for await (const _ of await stream) continue;
}

interface StallingWork {
  work: (place: Place, round: number) => Promise<unknown>;
  /** Not measured. */
  prepare?: (place: Place, round: number) => Promise<unknown>;
  /** The least that the machine does for such work. */
  floor?: (place: Place) => Promise<unknown>;
}

/** The stalls of some work in a workspace of 100,000 records, in milliseconds. */
async function stalls(run: Run, { work, prepare, floor }: StallingWork): Promise<Figures> {
  const place = await filled(run);
  const { core } = place;
  const during = (what: () => Promise<unknown>): Promise<number> =>
    longestStall(core, () => underWrites(core, what));
  try {
    return await each(
      run,
      async (round) => {
        await prepare?.(place, round);
        return during(() => work(place, round));
      },
      floor && (() => during(() => floor(place))),
    );
  } finally {
    await place.close();
  }
}

const row = (id: string, name: string, measure: Row['measure'], most: number | null = target): Row => ({
  id,
  name: `longest stall of a call (ms): ${name}`,
  target: most,
  better: 'lower',
  measure,
});

/** A live workspace with nothing but a university, and a sandbox with 100,000 records more: its id. */
async function apart(run: Run, { core, folder }: Place): Promise<string> {
  const { sandboxes, entities } = core.client(core.session());
  await drain(sandboxes.create({ name: 'full' }));
  const id = (await sandboxes.list({}))[0]?.id ?? '';
  const play = await openForBench(join(folder, 'workspace'), id);
  await fillSample(play.services, play.session(), {
    sample: generated({ size: run.sample, seed: 1, now: Date.UTC(2026, 0, 1) }),
  });
  await play.close();
  await entities.create({ type: 'university', data: { name: 'Here' } });
  return id;
}

/** As `stalls` for work between a live workspace and a sandbox with 100,000 records more, each time with new ones. */
async function stallsApart(run: Run, work: (core: Core, id: string) => Promise<unknown>): Promise<Figures> {
  return each(run, async () => {
    const place = await openPlace();
    try {
      const id = await apart(run, place);
      return await longestStall(place.core, () => work(place.core, id));
    } finally {
      await place.close();
    }
  });
}

const seen = { decisions: [], conflicts: 'ask' as const };
/** After a commit its log is folded in when nobody writes: this is waited for, in milliseconds. */
const tidied = 2000;

/** Embeds texts for a while. What was embedded stays, so each round goes on. */
async function trainForAWhile(run: Run, { core }: Place): Promise<void> {
  const { search } = core.client(core.session());
  const signal = AbortSignal.timeout(run.scaled(alone));
  await drain(search.train({}, { signal })).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

export const stallRows: readonly Row[] = [
  row(
    'stall-writes',
    'others write and that is all',
    (run) => stalls(run, { work: () => sleep(run.scaled(alone)) }),
    null,
  ),
  row('stall-backup', 'a backup of 100k records is made under writes', (run) =>
    stalls(run, { work: backUp, prepare: forget, floor: bareCopy }),
  ),
  row('stall-restore', 'a backup of 100k records is restored into a folder under writes', (run) =>
    stalls(run, {
      work: restoreNewest,
      async prepare(place, round) {
        if (round < 0) await backUp(place);
        await rm(join(place.folder, 'restored'), { recursive: true, force: true });
      },
      floor: bareCopy,
    }),
  ),
  row('stall-fork', 'a sandbox of 100k records is taken under writes', (run) =>
    stalls(run, {
      work: ({ core }, round) =>
        drain(core.client(core.session()).sandboxes.create({ name: `round ${round}` })),
      floor: bareCopy,
    }),
  ),
  row(
    'stall-train',
    'texts of 100k records are embedded under writes',
    (run) =>
      stalls(run, {
        work: (place) => trainForAWhile(run, place),
        async prepare({ core }, round) {
          if (round < 0) await core.client(core.session()).search.find({ text: 'a' });
        },
      }),
    mostOfSandboxes,
  ),
  row(
    'stall-compare',
    '100k differences are compared, three pages',
    (run) =>
      stallsApart(run, async (core, id) => {
        const { compare } = core.client(core.session());
        const asked = { ...sinceBase(id), limit: 100 };
        for (const offset of [0, 100, 200]) await drain(compare.between({ ...asked, offset }));
      }),
    mostOfSandboxes,
  ),
  row(
    'stall-promote',
    '100k records are promoted',
    (run) =>
      stallsApart(run, async (core, id) => {
        await drain(core.client(core.session()).sandboxes.promote({ id, ...seen, dry: false }));
        await sleep(run.scaled(tidied));
      }),
    mostOfSandboxes,
  ),
];
